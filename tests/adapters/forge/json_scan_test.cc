#include "adapters/forge/json_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace lifecycle::forge {
namespace {

/// Writes what is reported as a line of words.
class Recorder final : public JsonSink {
 public:
  void begin_object() override { line += "{ "; }
  void end_object() override { line += "} "; }
  void begin_array() override { line += "[ "; }
  void end_array() override { line += "] "; }
  void key(std::string_view name) override { line += std::string(name) + ": "; }
  void text(std::string_view text) override {
    line += "'" + std::string(text) + "' ";
    longest = std::max(longest, text.size());
  }
  void number(std::string_view digits) override { line += std::string(digits) + " "; }
  void flag(bool value) override { line += value ? "yes " : "no "; }
  void null() override { line += "null "; }

  std::string line;
  std::size_t longest = 0;
};

/// In pieces of `step` bytes, so that every token is cut somewhere.
ReadBytes bytes_of(std::string_view text, std::size_t step) {
  return [text, step](std::span<char> buffer) mutable {
    const std::size_t count = std::min({buffer.size(), text.size(), step});
    if (count > 0) std::memcpy(buffer.data(), text.data(), count);
    text.remove_prefix(count);
    return count;
  };
}

struct Row {
  std::string json;
  std::string reported;  // empty: a fault
  std::string fault;     // part of its text
};

class JsonScan : public testing::TestWithParam<Row> {};

TEST_P(JsonScan, ReportsOrRefuses) {
  for (const std::size_t step : std::initializer_list<std::size_t>{1, 3, 4096}) {
    Recorder recorder;
    const auto fault = scan_json(bytes_of(GetParam().json, step), recorder);
    if (GetParam().fault.empty()) {
      ASSERT_FALSE(fault) << fault->what;
      EXPECT_EQ(recorder.line, GetParam().reported);
    } else {
      ASSERT_TRUE(fault) << GetParam().json;
      EXPECT_NE(fault->what.find(GetParam().fault), std::string::npos) << fault->what;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, JsonScan,
    testing::Values(
        Row{R"( {"a":[1,-2.5e+3,true,false,null],"b":{}} )", "{ a: [ 1 -2.5e+3 yes no null ] b: { } } ", ""},
        Row{"\"x\"", "'x' ", ""}, Row{"0", "0 ", ""}, Row{"[]", "[ ] ", ""}, Row{"\xEF\xBB\xBF{}", "{ } ", ""},
        Row{R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00")", "'\"\\/\b\f\n\r\tA\u00e9\u20ac\U0001F600' ", ""},
        Row{R"("\ud83dx")", "'\uFFFDx' ", ""}, Row{R"("\ud83d\n")", "'\uFFFD\n' ", ""},
        Row{R"("\ud83d\u0041")", "'\uFFFDA' ", ""}, Row{R"("\ud83d\ud83d\ude00")", "'\uFFFD\U0001F600' ", ""},
        Row{R"("\ude00")", "'\uFFFD' ", ""}, Row{"\"\U0001F600\u00e9\u20ac\"", "'\U0001F600\u00e9\u20ac' ", ""},
        Row{std::string(R"("a\u0000b")"), std::string("'a\0b' ", 6), ""}, Row{"", "", "is cut off"},
        Row{"  ", "", "is cut off"}, Row{"{", "", "is cut off"}, Row{"[1", "", "is cut off"},
        Row{"\"ab", "", "is cut off"}, Row{"\"ab\\", "", "is cut off"}, Row{"\"\\u12", "", "is cut off"},
        Row{"tru", "", "is cut off"}, Row{"-", "", "is cut off"}, Row{"\"\xC3", "", "is cut off"},
        Row{R"({"a":1)", "", "is cut off"}, Row{R"({"a")", "", "is cut off"}, Row{"{a:1}", "", "a key in quotes"},
        Row{R"({"a" 1})", "", "`:`"}, Row{R"({"a":1,})", "", "a key in quotes"}, Row{"[1,]", "", "a value"},
        Row{"[1 2]", "", "`,` or `]`"}, Row{"01", "", "follows"}, Row{"1.", "", "is cut off"},
        Row{"1.x", "", "a digit"}, Row{"+1", "", "a value"}, Row{".5", "", "a value"}, Row{"nul1", "", "a value"},
        Row{"NaN", "", "a value"}, Row{"{} {}", "", "follows"}, Row{std::string("{}\0", 3), "", "follows"},
        Row{std::string("\0", 1), "", "a value"}, Row{std::string("\"a\0b\"", 5), "", "a control character"},
        Row{"\"a\nb\"", "", "a control character"}, Row{R"("\x")", "", "an unknown escape"},
        Row{R"("\u12g4")", "", "four hex digits"}, Row{"\"\xFF\"", "", "is not UTF-8"},
        Row{"\"\x80\"", "", "is not UTF-8"}, Row{"\"\xC0\xAF\"", "", "is not UTF-8"},
        Row{"\"\xED\xA0\x80\"", "", "is not UTF-8"}, Row{"\"\xE2\x28\xA1\"", "", "is not UTF-8"},
        Row{"\"caf\xE9\"", "", "is not UTF-8"}, Row{"\xFF\xFE{", "", "a value"}, Row{"<html>", "", "a value"},
        Row{"\xEF\xBB", "", "a value"}));

TEST(JsonScanFault, SaysWhere) {
  Recorder recorder;
  const auto fault = scan_json(bytes_of("{\"title\": \"caf\xE9\"}", 4), recorder);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->offset, 14U);
}

TEST(JsonScanLimits, KeepsTheStartOfALongTextAndChecksTheRest) {
  Recorder recorder;
  std::string json = "\"" + std::string(3 * text_limit, 'x') + "\"";
  EXPECT_FALSE(scan_json(bytes_of(json, 4096), recorder));
  EXPECT_EQ(recorder.longest, text_limit);
  json.insert(json.size() - 1, "\xFF");
  EXPECT_TRUE(scan_json(bytes_of(json, 4096), recorder));
}

TEST(JsonScanLimits, DoesNotCutInsideACharacter) {
  Recorder recorder;
  const std::string json = "\"" + std::string(text_limit - 1, 'x') + "\u20ac\u20acyy\"";
  EXPECT_FALSE(scan_json(bytes_of(json, 4096), recorder));
  EXPECT_EQ(recorder.longest, text_limit - 1);
}

TEST(JsonScanLimits, StopsAtADepth) {
  Recorder recorder;
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_FALSE(scan_json(bytes_of(nested(depth_limit), 4096), recorder));
  const auto fault = scan_json(bytes_of(nested(1'000'000), 4096), recorder);
  ASSERT_TRUE(fault);
  EXPECT_NE(fault->what.find("too deep"), std::string::npos);
}

/// A second reader of the same language, so that a slip in the grammar shows.
TEST(JsonScanAgainstAnotherParser, AgreesOnMutatedDocuments) {
  const std::string seed = R"({"a":[1,2.5e-3,"x\n\u20ac€",{"b":null,"c":[true,false]}],"d":"\ud83d\ude00","e":-0})";
  const std::string alphabet = "{}[]\",:\\u0123ntfe-+. \n\x01\xC3\xA9";
  std::uint32_t state = 7;
  const auto random = [&](std::size_t below) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % below;
  };
  int valid = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string json = seed;
    for (std::size_t edits = 1 + random(2); edits > 0; --edits) {
      const std::size_t at = random(json.size());
      if (random(3) == 0) {
        json.erase(at, 1);
      } else {
        json[at] = alphabet[random(alphabet.size())];
      }
    }
    Recorder recorder;
    const bool ours = !scan_json(bytes_of(json, 1 + random(9)), recorder);
    bool theirs = nlohmann::json::accept(json);
    // A lone half of a surrogate pair is RFC 8259's "unpredictable"; the other parser refuses it.
    if (ours && !theirs && recorder.line.find("\uFFFD") != std::string::npos) theirs = true;
    ASSERT_EQ(ours, theirs) << json;
    valid += ours ? 1 : 0;
  }
  EXPECT_GT(valid, 500);
}

}  // namespace
}  // namespace lifecycle::forge
