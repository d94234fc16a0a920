#include "agent/cli/doctor_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agent/base/visible_text.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::cli {
namespace {

using doctor::Finding;
using doctor::State;
using Json = nlohmann::ordered_json;

constexpr std::size_t state_width = 9;

std::string padded_to(std::string_view text, std::size_t width) {
  std::string result(text);
  result.append(width > text.size() ? width - text.size() : 1, ' ');
  return result;
}

std::string_view colour_of(State state) {
  switch (state) {
    case State::fine:
      return "\x1b[32m";
    case State::note:
      return "\x1b[33m";
    case State::problem:
      return "\x1b[31m";
  }
  return {};
}

std::string state_cell(State state, Paint paint) {
  const std::string cell = padded_to(doctor::print_state(state), state_width);
  return paint == Paint::colours ? std::string(colour_of(state)) + cell + "\x1b[0m" : cell;
}

/// An address without user, password and query. A password may hold any sign, so all up to the last `@` goes.
std::string without_credentials(const std::string& value) {
  const auto scheme = value.find("://");
  if (scheme == std::string::npos) return value;
  const auto at = value.rfind('@');
  const bool has_user = at != std::string::npos && at > scheme;
  std::string rest = value.substr(has_user ? at + 1 : scheme + 3);
  if (const auto query = rest.find_first_of("?#"); query != std::string::npos) rest = rest.substr(0, query) + "?***";
  return value.substr(0, scheme + 3) + (has_user ? "***@" : "") + rest;
}

/// What may stand in a log: a token never, of --env the names alone.
std::string shown_setting(const Setting& setting) {
  if (setting.values.empty()) return {};
  if (setting.flag->name == "token") return "***";
  std::string text;
  for (const std::string& value : setting.values) {
    const bool assignment = setting.flag->form == ValueForm::assignment;
    text += (text.empty() ? "" : ", ") +
            (assignment ? value.substr(0, value.find('=')) + "=***" : without_credentials(value));
  }
  return text;
}

std::string source_of(const Setting& setting) {
  const std::string_view source = print_source(setting.source);
  return setting.where.empty() ? std::string(source) : setting.where;
}

}  // namespace

std::string findings_text(const std::vector<Finding>& findings, Paint paint) {
  std::size_t topic_width = 0;
  for (const Finding& finding : findings) topic_width = std::max(topic_width, finding.topic.size() + 2);
  std::string text;
  for (const Finding& finding : findings) {
    text += state_cell(finding.state, paint) + padded_to(finding.topic, topic_width) + visible(finding.found) + "\n";
    if (finding.fix.empty()) continue;
    text += std::string(state_width + topic_width, ' ') + "fix: " + visible(finding.fix) + "\n";
  }
  return text;
}

std::string settings_text(const Settings& settings) {
  std::size_t name_width = 0;
  for (const Setting& setting : settings.all()) name_width = std::max(name_width, setting.flag->name.size() + 4);
  std::string text;
  for (const Setting& setting : settings.all()) {
    if (setting.source == SettingSource::unset) continue;
    text += padded_to("--" + std::string(setting.flag->name), name_width) +
            padded_to(visible(shown_setting(setting)), 24) + source_of(setting) + "\n";
  }
  std::string unset;
  for (const Setting& setting : settings.all()) {
    if (setting.source == SettingSource::unset) unset += " --" + std::string(setting.flag->name);
  }
  return unset.empty() ? text : text + "not set:" + unset + "\n";
}

Json doctor_json(const doctor::World& world, const std::vector<Finding>& findings, const Settings& settings) {
  Json document;
  document["schema"] = "lifecycle-agent/doctor/1";
  document["ci"] = world.detected ? Json(world.detected->ci.row->name) : Json();
  document["trigger"] = nullptr;
  if (world.detected) {
    if (const auto trigger = event::primary_trigger(world.detected->event); !trigger.empty()) {
      document["trigger"] = trigger;
    }
  }
  document["findings"] = Json::array();
  for (const Finding& finding : findings) {
    document["findings"].push_back({{"topic", finding.topic},
                                    {"state", doctor::print_state(finding.state)},
                                    {"found", finding.found},
                                    {"fix", finding.fix.empty() ? Json() : Json(finding.fix)}});
  }
  document["settings"] = Json::array();
  for (const Setting& setting : settings.all()) {
    const bool unset = setting.source == SettingSource::unset;
    document["settings"].push_back({{"name", setting.flag->name},
                                    {"value", unset ? Json() : Json(shown_setting(setting))},
                                    {"source", print_source(setting.source)},
                                    {"where", setting.where.empty() ? Json() : Json(setting.where)}});
  }
  return document;
}

}  // namespace lifecycle::cli
