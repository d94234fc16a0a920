#include "adapters/forge/json_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace lifecycle::forge {
namespace {

/// Writes what is reported as a line of words.
class Recorder : public JsonSink {
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

struct JsonScanRow {
  std::string json;
  std::string reported;  // empty: a fault
  std::string fault;     // part of its text
};

class JsonScan : public testing::TestWithParam<JsonScanRow> {};

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
        JsonScanRow{R"( {"a":[1,-2.5e+3,true,false,null],"b":{}} )", "{ a: [ 1 -2.5e+3 yes no null ] b: { } } ", ""},
        JsonScanRow{"\"x\"", "'x' ", ""}, JsonScanRow{"0", "0 ", ""}, JsonScanRow{"[]", "[ ] ", ""},
        JsonScanRow{"\xEF\xBB\xBF{}", "{ } ", ""},
        JsonScanRow{R"("\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00")", "'\"\\/\b\f\n\r\tA\u00e9\u20ac\U0001F600' ",
                    ""},
        JsonScanRow{R"("\ud83dx")", "'\uFFFDx' ", ""}, JsonScanRow{R"("\ud83d\n")", "'\uFFFD\n' ", ""},
        JsonScanRow{R"("\ud83d\u0041")", "'\uFFFDA' ", ""},
        JsonScanRow{R"("\ud83d\ud83d\ude00")", "'\uFFFD\U0001F600' ", ""}, JsonScanRow{R"("\ude00")", "'\uFFFD' ", ""},
        JsonScanRow{"\"\U0001F600\u00e9\u20ac\"", "'\U0001F600\u00e9\u20ac' ", ""},
        JsonScanRow{std::string(R"("a\u0000b")"), std::string("'a\0b' ", 6), ""}, JsonScanRow{"", "", "is cut off"},
        JsonScanRow{"  ", "", "is cut off"}, JsonScanRow{"{", "", "is cut off"}, JsonScanRow{"[1", "", "is cut off"},
        JsonScanRow{"\"ab", "", "is cut off"}, JsonScanRow{"\"ab\\", "", "is cut off"},
        JsonScanRow{"\"\\u12", "", "is cut off"}, JsonScanRow{"tru", "", "is cut off"},
        JsonScanRow{"-", "", "is cut off"}, JsonScanRow{"\"\xC3", "", "is cut off"},
        JsonScanRow{R"({"a":1)", "", "is cut off"}, JsonScanRow{R"({"a")", "", "is cut off"},
        JsonScanRow{"{a:1}", "", "a key in quotes"}, JsonScanRow{R"({"a" 1})", "", "`:`"},
        JsonScanRow{R"({"a":1,})", "", "a key in quotes"}, JsonScanRow{"[1,]", "", "a value"},
        JsonScanRow{"[1 2]", "", "`,` or `]`"}, JsonScanRow{"01", "", "follows"}, JsonScanRow{"1.", "", "is cut off"},
        JsonScanRow{"1.x", "", "a digit"}, JsonScanRow{"+1", "", "a value"}, JsonScanRow{".5", "", "a value"},
        JsonScanRow{"nul1", "", "a value"}, JsonScanRow{"NaN", "", "a value"}, JsonScanRow{"{} {}", "", "follows"},
        JsonScanRow{std::string("{}\0", 3), "", "follows"}, JsonScanRow{std::string("\0", 1), "", "a value"},
        JsonScanRow{std::string("\"a\0b\"", 5), "", "a control character"},
        JsonScanRow{"\"a\nb\"", "", "a control character"}, JsonScanRow{R"("\x")", "", "an unknown escape"},
        JsonScanRow{R"("\u12g4")", "", "four hex digits"}, JsonScanRow{"\"\xFF\"", "", "is not UTF-8"},
        JsonScanRow{"\"\x80\"", "", "is not UTF-8"}, JsonScanRow{"\"\xC0\xAF\"", "", "is not UTF-8"},
        JsonScanRow{"\"\xED\xA0\x80\"", "", "is not UTF-8"}, JsonScanRow{"\"\xE2\x28\xA1\"", "", "is not UTF-8"},
        JsonScanRow{"\"caf\xE9\"", "", "is not UTF-8"}, JsonScanRow{"\xFF\xFE{", "", "a value"},
        JsonScanRow{"<html>", "", "a value"}, JsonScanRow{"\xEF\xBB", "", "a value"}));

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

/// Asks for nothing within the outermost value.
class Uninterested final : public Recorder {
 public:
  [[nodiscard]] bool wants_content() const override { return false; }
};

TEST(JsonScan, ReportsNothingOfWhatIsNotWanted) {
  Uninterested sink;
  EXPECT_FALSE(scan_json(bytes_of(R"({"a":[1,{"b":"x"},true],"c":null})", 4096), sink));
  EXPECT_EQ(sink.line, "{ } ");
}

/// A second reader of the same language, so that a slip in the grammar shows. What is not reported is checked as well.
void compare_with_another_parser(const std::string& seed) {
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
    Uninterested uninterested;
    const std::size_t step = random(4) == 0 ? 4096 : 1 + random(9);
    const auto fault = scan_json(bytes_of(json, step), recorder);
    const auto same = scan_json(bytes_of(json, step), uninterested);
    ASSERT_EQ(fault.has_value(), same.has_value()) << json;
    if (fault) {
      ASSERT_EQ(std::pair(fault->offset, fault->what), std::pair(same->offset, same->what)) << json;
    }
    bool theirs = nlohmann::json::accept(json);
    // A lone half of a surrogate pair is RFC 8259's "unpredictable"; the other parser refuses it.
    if (!fault && !theirs && recorder.line.find("\uFFFD") != std::string::npos) theirs = true;
    ASSERT_EQ(!fault, theirs) << json;
    valid += theirs ? 1 : 0;
  }
  EXPECT_GT(valid, 500);
}

TEST(JsonScanAgainstAnotherParser, AgreesOnMutatedDocuments) {
  compare_with_another_parser(R"({"a":[1,2.5e-3,"x\n\u20ac€",{"b":null,"c":[true,false]}],"d":"\ud83d\ude00","e":-0})");
}

TEST(JsonScanAgainstAnotherParser, AgreesOnMutatedNumbers) {
  compare_with_another_parser("[1,20,0,-3,4.5,1e9,[7,0,12,3],10,9.0E+1,[0]]");
}

}  // namespace
}  // namespace lifecycle::forge
