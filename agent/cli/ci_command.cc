#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "adapters/ci/ci_table.h"
#include "agent/base/visible_text.h"
#include "agent/cli/commands.h"
#include "agent/cli/json_text.h"

namespace lifecycle::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  result.append(width > text.size() ? width - text.size() : 0, ' ');
  return result;
}

std::string list_text() {
  std::size_t name_width = 0;
  std::size_t title_width = 0;
  for (const ci::CiRow* row : ci::ci_rows()) {
    name_width = std::max(name_width, row->name.size());
    title_width = std::max(title_width, row->title.size());
  }
  std::string text;
  for (const ci::CiRow* row : ci::ci_rows()) {
    text += padded(row->name, name_width + 2) + padded(row->title, title_width + 2) + std::string(row->sign) + "\n";
  }
  return text;
}

Json list_json() {
  Json document;
  document["schema"] = "lifecycle-agent/ci-list/1";
  document["cis"] = Json::array();
  for (const ci::CiRow* row : ci::ci_rows()) {
    Json entry;
    entry["name"] = row->name;
    entry["title"] = row->title;
    entry["sign"] = row->sign;
    entry["grace_s"] = row->grace.count();
    document["cis"].push_back(std::move(entry));
  }
  return document;
}

std::string recognised_text(const ci::Recognised& recognised) {
  std::string text = std::string(recognised.row->name) + " (" + std::string(recognised.row->title) + ")\n";
  text += "by " + visible(recognised.sign) + "\n";
  for (const std::string& other : recognised.others) text += "the variables of " + other + " are there too\n";
  return text;
}

Json recognised_json(const ci::Recognised& recognised) {
  Json document;
  document["schema"] = "lifecycle-agent/ci/1";
  document["ci"] = recognised.row->name;
  document["title"] = recognised.row->title;
  document["sign"] = recognised.sign;
  document["others"] = recognised.others;
  document["in_ci"] = recognised.in_ci;
  document["grace_s"] = recognised.row->grace.count();
  return document;
}

}  // namespace

ExitCode ci_command(const Call& call) {
  const bool json = call.settings.is_on("json");
  if (call.settings.is_on("list")) {
    call.output.print(json ? json_text(list_json()) : list_text());
    return ExitCode::success;
  }
  const auto recognised = ci::recognise(call.environment, call.settings.text("ci"));
  if (!recognised) return call.fail_with(recognised.error());
  if (json) {
    call.output.print(json_text(recognised_json(*recognised)));
  } else {
    call.output.print_words(recognised_text(*recognised));
  }
  return ExitCode::success;
}

}  // namespace lifecycle::cli
