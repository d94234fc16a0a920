// The machine-readable forms of diagnostics.
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agent/base/ascii.h"
#include "agent/base/fingerprint.h"
#include "agent/base/utf8.h"
#include "agent/cli/diagnostic_codes.h"
#include "agent/cli/program_version.h"
#include "agent/cli/render_diagnostic.h"

namespace lifecycle::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string print(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(repair_utf8(text)); }
Json number_or_null(int number) { return number > 0 ? Json(number) : Json(nullptr); }

std::string_view sarif_level(Severity severity) { return print_severity(severity); }

/// RFC 3986: a path as a relative reference; a first segment with a colon would read as a scheme.
std::string uri_of(std::string_view path) {
  constexpr std::string_view plain = "-._~/!$&'()*+,;=@";
  constexpr char digits[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    if (is_letter_or_digit(c) || plain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += '%';
      uri += digits[byte >> 4U];
      uri += digits[byte & 0xFU];
    }
  }
  return path.starts_with('/') ? "file://" + uri : uri;
}

Json sarif_location(const SourcePlace& place) {
  Json location;
  location["physicalLocation"]["artifactLocation"]["uri"] = uri_of(place.file);
  if (place.line > 0) {
    Json region;
    region["startLine"] = place.line;
    if (place.column > 0) {
      region["startColumn"] = place.column;
      region["endColumn"] = place.column + std::max(place.length, 1);
    }
    location["physicalLocation"]["region"] = std::move(region);
  }
  return location;
}

Json sarif_rule(std::string_view code) {
  Json rule;
  rule["id"] = code;
  if (const auto known = find_diagnostic_code(code)) {
    rule["shortDescription"]["text"] = known->summary;
    rule["fullDescription"]["text"] = known->help;
    rule["help"]["text"] = known->help;
  }
  return rule;
}

}  // namespace

std::string render_json(std::span<const Diagnostic> diagnostics) {
  Json document;
  document["schema"] = "lifecycle-agent/diagnostics/1";
  document["diagnostics"] = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    Json entry;
    entry["code"] = diagnostic.code;
    entry["severity"] = print_severity(diagnostic.severity);
    entry["file"] = text_or_null(diagnostic.place.file);
    entry["line"] = number_or_null(diagnostic.place.line);
    entry["column"] = number_or_null(diagnostic.place.column);
    entry["length"] = number_or_null(diagnostic.place.length);
    entry["message"] = repair_utf8(diagnostic.message);
    entry["hint"] = text_or_null(diagnostic.hint);
    entry["source_line"] = text_or_null(diagnostic.source_line);
    document["diagnostics"].push_back(std::move(entry));
  }
  return print(document);
}

/// GitLab docs, "Code Quality", "Code Quality report format". What is the same in two reports is told by its
/// fingerprint, so the line is not part of it.
std::string render_gitlab(std::span<const Diagnostic> diagnostics) {
  Json report = Json::array();
  std::map<std::string, int> seen;
  for (const Diagnostic& diagnostic : diagnostics) {
    const std::string path = repair_utf8(diagnostic.place.file);
    std::string text = std::string(diagnostic.code) + "\n" + path + "\n" + diagnostic.message;
    text += "\n" + std::to_string(++seen[text]);
    const std::string_view severity = diagnostic.severity == Severity::error     ? "major"
                                      : diagnostic.severity == Severity::warning ? "minor"
                                                                                 : "info";
    std::string description = repair_utf8(diagnostic.message);
    if (!diagnostic.hint.empty()) description += "; " + repair_utf8(diagnostic.hint);
    report.push_back({{"description", description},
                      {"check_name", diagnostic.code},
                      {"fingerprint", fingerprint(text)},
                      {"severity", severity},
                      {"location", {{"path", path}, {"lines", {{"begin", std::max(diagnostic.place.line, 1)}}}}}});
  }
  return print(report);
}

std::string render_sarif(std::span<const Diagnostic> diagnostics) {
  std::vector<std::string_view> codes;
  Json results = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    auto rule = std::find(codes.begin(), codes.end(), diagnostic.code);
    if (rule == codes.end()) rule = codes.insert(codes.end(), diagnostic.code);
    Json result;
    result["ruleId"] = diagnostic.code;
    result["ruleIndex"] = rule - codes.begin();
    result["level"] = sarif_level(diagnostic.severity);
    std::string text = repair_utf8(diagnostic.message);
    if (!diagnostic.hint.empty()) text += "; " + repair_utf8(diagnostic.hint);
    result["message"]["text"] = std::move(text);
    result["locations"] = Json::array();
    if (!diagnostic.place.file.empty()) result["locations"].push_back(sarif_location(diagnostic.place));
    results.push_back(std::move(result));
  }
  Json driver;
  driver["name"] = "lifecycle-agent";
  driver["version"] = program_version().version;
  driver["rules"] = Json::array();
  for (const std::string_view code : codes) driver["rules"].push_back(sarif_rule(code));
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = std::move(results);
  Json document;
  document["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  document["version"] = "2.1.0";
  document["runs"] = Json::array({std::move(run)});
  return print(document);
}

}  // namespace lifecycle::cli
