// The vectors of tests/cases/masking: each under its own chunks, and under every other way to cut it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "agent/mask/mask_stream.h"
#include "tests/string_sink.h"

namespace lifecycle::mask {
namespace {

using nlohmann::json;

const std::filesystem::path folder = std::filesystem::path(LA_SOURCE_DIR) / "tests/cases/masking";

std::string decode_base64(const std::string& text) {
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) break;
    bits = (bits << 6) | static_cast<unsigned>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xff);
  }
  return bytes;
}

/// A string, or an object with `value` or `base64`.
std::string bytes_of(const json& node) {
  if (node.is_string()) return node.get<std::string>();
  if (node.contains("base64")) return decode_base64(node.at("base64").get<std::string>());
  return node.at("value").get<std::string>();
}

void add_secret(MaskTable& table, const json& secret) {
  const bool is_explicit = secret.is_object() && secret.value("explicit", false);
  table.add("S", bytes_of(secret), is_explicit ? SecretOrigin::explicit_value : SecretOrigin::declared);
}

/// What is built: whole files, less the cases that need forms or views of their own. A row here is a promise;
/// the forms that are still to come take their rows out.
struct Scope {
  std::string_view file;
  std::set<std::string_view> not_yet;
};

const std::vector<Scope> scopes = {
    {"admission", {}},
    {"ansi", {"ansi: colour in base64"}},
    {"beyond", {}},
    {"chunks", {}},
    {"exact", {"exact: not utf-8, base64 of it", "exact: uuid in upper case"}},
    {"flow", {}},
    {"lines", {"lines: PEM in one line"}},
    {"overlap", {}},
    {"runtime", {}},
    {"structured",
     {"structured: field of a JSON secret, decoded", "structured: value of a dotenv line",
      "structured: password of a URL"}},
};

struct MaskCase {
  std::string file;
  json content;
};

std::vector<MaskCase> all_cases() {
  std::vector<MaskCase> cases;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    for (const json& content : json::parse(file)) cases.push_back({entry.path().stem().string(), content});
  }
  std::sort(cases.begin(), cases.end(), [](const MaskCase& a, const MaskCase& b) {
    return std::pair(a.file, a.content.at("name").get<std::string>()) <
           std::pair(b.file, b.content.at("name").get<std::string>());
  });
  return cases;
}

class MaskCases : public testing::TestWithParam<MaskCase> {};

TEST_P(MaskCases, ShowsWhatIsExpected) {
  const json& content = GetParam().content;
  MaskTable table;
  for (const json& secret : content.at("secrets")) add_secret(table, secret);
  MaskStream stream(table);
  StringSink sink;
  std::vector<std::string> at_pauses;
  for (const json& chunk : content.at("chunks")) {
    if (chunk.is_object() && chunk.contains("pause_ms")) {
      if (chunk.at("pause_ms").get<int>() >= 20) stream.pause(sink);
      at_pauses.push_back(sink.text);
    } else if (chunk.is_object() && chunk.contains("add")) {
      add_secret(table, chunk.at("add"));
    } else {
      stream.feed(bytes_of(chunk), sink);
    }
  }
  stream.finish(sink);
  if (content.contains("visible_at_pause")) {
    EXPECT_EQ(json(at_pauses), content.at("visible_at_pause"));
  }
  EXPECT_EQ(sink.text, bytes_of(content.at("expected")));
}

class MaskCasesCut : public MaskCases {};

TEST_P(MaskCasesCut, ShowTheSameUnderEveryCut) {
  const json& content = GetParam().content;
  std::string input;
  for (const json& chunk : content.at("chunks")) input += bytes_of(chunk);
  const std::string expected = bytes_of(content.at("expected"));
  MaskTable table;
  for (const json& secret : content.at("secrets")) add_secret(table, secret);
  const std::size_t step = input.size() > 2000 ? 61 : 1;
  for (std::size_t cut = 0; cut <= input.size(); cut += step) {
    MaskStream stream(table);
    StringSink sink;
    stream.feed(input.substr(0, cut), sink);
    ASSERT_TRUE(expected.starts_with(sink.text)) << "shown too early, cut at " << cut;
    stream.feed(input.substr(cut), sink);
    stream.finish(sink);
    ASSERT_EQ(sink.text, expected) << "cut at " << cut;
  }
  MaskStream stream(table);
  StringSink sink;
  for (const char byte : input) stream.feed({&byte, 1}, sink);
  stream.finish(sink);
  EXPECT_EQ(sink.text, expected) << "byte by byte";
}

std::string label(const testing::TestParamInfo<MaskCase>& info) {
  std::string name;
  for (const char c : info.param.content.at("name").get<std::string>()) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      name += c;
    } else if (!name.ends_with('_')) {
      name += '_';
    }
  }
  return name;
}

bool is_in_scope(const MaskCase& each) {
  const auto name = each.content.at("name").get<std::string>();
  return std::any_of(scopes.begin(), scopes.end(),
                     [&](const Scope& scope) { return scope.file == each.file && !scope.not_yet.contains(name); });
}

bool is_plain_bytes(const MaskCase& each) {
  const json& chunks = each.content.at("chunks");
  return std::all_of(chunks.begin(), chunks.end(),
                     [](const json& chunk) { return !chunk.is_object() || chunk.contains("base64"); });
}

std::vector<MaskCase> cases_in_scope() {
  std::vector<MaskCase> cases = all_cases();
  std::erase_if(cases, [](const MaskCase& each) { return !is_in_scope(each); });
  return cases;
}

/// Pauses and additions belong to their places; without them a case may be cut anywhere.
std::vector<MaskCase> cases_to_cut() {
  std::vector<MaskCase> cases = cases_in_scope();
  std::erase_if(cases, [](const MaskCase& each) { return !is_plain_bytes(each); });
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Vectors, MaskCases, testing::ValuesIn(cases_in_scope()), label);
INSTANTIATE_TEST_SUITE_P(Vectors, MaskCasesCut, testing::ValuesIn(cases_to_cut()), label);

TEST(MaskCaseFiles, AreAllThere) { EXPECT_EQ(all_cases().size(), 129U); }

}  // namespace
}  // namespace lifecycle::mask
