#include <string>

#include "agent/ops/ops_keys.h"

namespace lifecycle::ops {
namespace {

std::string_view heading(Place place) {
  switch (place) {
    case Place::top:
      return "At the top of the file";
    case Place::command:
      return "A command (`commands`)";
    case Place::pipeline:
      return "A pipeline (`pipelines`)";
    case Place::service:
      return "A service (`services`)";
    case Place::workflow:
      return "A legacy workflow (`workflows`)";
    case Place::job:
      return "A job (`jobs` of a pipeline)";
    case Place::environment:
      return "`env` as a map";
    case Place::help:
      break;
  }
  return "`help`";
}

/// A cell of a table: a bar would end it.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string meaning(const OpsKey& key) {
  std::string text = cell(key.meaning);
  if (key.need == Need::required) text = "**Required.** " + text;
  if (key.need == Need::expected) text += " A warning where it is missing.";
  if (key.standing == Standing::inert) text += " Without meaning where jobs run as processes: one note says so.";
  return text;
}

}  // namespace

std::string ops_keys_markdown() {
  std::string text;
  for (const Place place : all_places) {
    text +=
        "### " + std::string(heading(place)) + "\n\n| key | value | meaning | example |\n| --- | --- | --- | --- |\n";
    std::string later;
    for (const OpsKey& key : ops_keys()) {
      if ((key.places & place_bit(place)) == 0) continue;
      if (key.standing == Standing::later || key.standing == Standing::dead) {
        later += (later.empty() ? "`" : ", `") + std::string(key.name) + "`";
        continue;
      }
      text += "| `" + std::string(key.name) + "` | " + cell(print_shape(key.shape)) + " | " + meaning(key) + " | `" +
              cell(key.example) + "` |\n";
    }
    if (!later.empty())
      text += "\nIgnored with a warning, since this version does not support them or nothing ever read them: " + later +
              ".\n";
    text += "\n";
  }
  text.pop_back();
  return text;
}

}  // namespace lifecycle::ops
