#include "agent/cli/reference_pages.h"

#include "adapters/ci/ci_table.h"
#include "adapters/ci/fact_names.h"
#include "agent/cli/diagnostic_codes.h"
#include "agent/cli/exit_code.h"
#include "agent/cli/flag_table.h"
#include "agent/cli/help_text.h"
#include "agent/cli/native_output.h"
#include "agent/cli/settings.h"
#include "agent/event/known_names.h"
#include "agent/ops/ops_keys.h"

namespace lifecycle::cli {
namespace {

constexpr std::string_view hint =
    "<!-- This page is written by `./dev docs` from the tables in the code; edit those. -->\n\n";

/// In a table's cell a bar would end it.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '|' ? std::string("\\|") : std::string(1, c);
  return result;
}

std::string code(std::string_view text) { return text.empty() ? "" : "`" + cell(text) + "`"; }

std::string flag_cell(const Flag& flag) {
  std::string label = flag.letter != '\0' ? std::string("-") + flag.letter + ", " : std::string{};
  label += "--" + std::string(flag.name);
  if (flag.form == ValueForm::boolean) return label + " [" + std::string(value_text(flag)) + "]";
  if (const auto value = value_text(flag); !value.empty()) label += " " + std::string(value);
  return label;
}

std::string other_sources(const Flag& flag) {
  std::string text = code(flag.variable);
  const auto add = [&](std::string_view name) { text += (text.empty() ? "" : ", ") + code(name); };
  if (flag.input) add(input_variable(flag, "INPUT_"));
  if (!flag.platform.empty()) add(flag.platform);
  return text;
}

std::string owners(const Flag& flag) {
  std::string text;
  std::size_t count = 0;
  for (const Command& command : commands()) {
    if ((flag.commands & in(command.id)) == 0) continue;
    text += (text.empty() ? "" : ", ") + std::string(command.name);
    ++count;
  }
  return count == commands().size() ? "all" : text;
}

std::string flag_row(const Flag& flag) {
  std::string help(flag.help);
  if (flag.repeatable) help += "; may be repeated (in a variable: one a line)";
  if (!flag.fallback.empty()) help += "; default " + std::string(flag.fallback);
  return "| " + code(flag_cell(flag)) + " | " + cell(help) + " | " + other_sources(flag) + " | " + owners(flag) +
         " |\n";
}

std::string flags_page() {
  std::string text = "# Flags and variables\n\n" + std::string(hint);
  text +=
      "A flag wins over its `LIFECYCLE_…` variable, a variable over an input of the CI (`INPUT_…` of GitHub's actions, "
      "`PLUGIN_…` of Drone and Woodpecker, which every flag has: `PLUGIN_EVENTS_URL`), an input over the platform's "
      "own name, that over `ops.yml`, and that over "
      "the default. A variable that is set but empty counts as not set. Durations are `500ms`, `1s`, `5m`, `1h30m` or "
      "bare seconds; switches in variables are `true` or `false`.\n";
  for (const FlagGroup group : {FlagGroup::files, FlagGroup::event, FlagGroup::environment, FlagGroup::running,
                                FlagGroup::reporting, FlagGroup::insight, FlagGroup::output}) {
    std::string title(print_group(group));
    title.front() = static_cast<char>(title.front() - 'a' + 'A');
    text += "\n## " + title + "\n\n| flag | what it says | variables | commands |\n|---|---|---|---|\n";
    for (const Flag& flag : flags()) {
      if (flag.group == group) text += flag_row(flag);
    }
  }
  return text;
}

std::string exit_codes_table() {
  std::string text = "| code | name | meaning |\n|---|---|---|\n";
  for (const ExitCodeMeaning& row : exit_codes()) {
    text += "| " + std::to_string(static_cast<int>(row.code)) + " | " + std::string(row.name) + " | " +
            cell(row.meaning) + " |\n";
  }
  std::string order;
  for (const ExitCode code : exit_code_order()) {
    order += (order.empty() ? "" : ", ") + std::to_string(static_cast<int>(code));
  }
  return text + "\nWhere several apply, the first of these is the exit code: " + order + ".\n";
}

std::string diagnostics_page() {
  std::string text = "# Diagnostics\n\n" + std::string(hint);
  text +=
      "What the program finds wrong carries one of these codes: in brackets at the end of the line, as `code` in JSON, "
      "as the rule's id in SARIF. A code keeps its meaning for ever.\n";
  for (const RoomCodes& room : all_diagnostic_codes()) {
    if (room.codes.empty()) continue;
    text += "\n## " + std::string(room.about) + "\n";
    for (const DiagnosticCode& entry : room.codes) {
      text += "\n### " + std::string(entry.code) + "\n\n" + std::string(entry.summary) + ".\n\n" +
              std::string(entry.help) + "\n";
    }
  }
  return text;
}

std::string event_names() {
  std::string text;
  for (const std::string_view origin : event::known_origins()) {
    const auto names = event::known_names(origin);
    if (names.empty()) continue;
    text += "\n### " + std::string(origin) + "\n\n| name | when |\n|---|---|\n";
    for (const event::KnownName& name : names) text += "| " + code(name.name) + " | " + cell(name.meaning) + " |\n";
  }
  return text + "\n";
}

std::string told(const ci::FactSet& facts, ci::FactSet asked) {
  const std::string text = ci::names_of(facts, asked);
  return text.empty() ? "–" : text;
}

std::string actions_cell(const ci::CiRow& row) {
  const std::string note(row.actions_note);
  if (row.actions.empty()) return note.empty() ? "–" : note;
  const bool all = row.actions == "opened synchronize reopened merged closed";
  return (all ? "all" : std::string(row.actions)) + (note.empty() ? "" : " " + note);
}

/// What is detected where: every CI tells forge, repository, ref and commit; what differs is shown.
std::string ci_table() {
  using ci::Fact;
  std::string text =
      "| CI | of a change | its actions | besides | native output |\n"
      "|---|---|---|---|---|\n";
  for (const ci::CiRow* row : ci::ci_rows()) {
    if (row->name == "generic") continue;
    text += "| " + cell(row->title) + " | " +
            told(row->facts, {Fact::number, Fact::base, Fact::head, Fact::title, Fact::labels, Fact::fork}) + " | " +
            cell(actions_cell(*row)) + " | " + told(row->facts, {Fact::before, Fact::actor, Fact::environment}) +
            " | " + native_form_names(row->name) + " |\n";
  }
  return text;
}

std::string ci_systems() {
  std::string text = "| name | CI | recognised by | time between its first signal and the kill |\n|---|---|---|---|\n";
  for (const ci::CiRow* row : ci::ci_rows()) {
    text += "| " + code(row->name) + " | " + cell(row->title) + " | " + cell(row->sign) + " | " +
            std::to_string(row->grace.count()) + " s |\n";
  }
  return text;
}

}  // namespace

std::vector<ReferencePage> reference_pages() {
  return {{"docs/flags.md", flags_page()},
          {"docs/exit-codes.md", "# Exit codes\n\n" + std::string(hint) + exit_codes_table()},
          {"docs/diagnostics.md", diagnostics_page()}};
}

std::vector<GeneratedPart> generated_parts() {
  return {{"event-names", event_names()},
          {"ci-systems", ci_systems()},
          {"ci-table", ci_table()},
          {"native-output", native_output_markdown()},
          {"ops-keys", ops::ops_keys_markdown()}};
}

tl::expected<std::string, std::string> fill_generated(std::string_view page, const std::vector<GeneratedPart>& parts) {
  constexpr std::string_view opening = "<!-- generated: ";
  constexpr std::string_view closing = "<!-- end generated -->";
  std::string filled;
  while (true) {
    const auto start = page.find(opening);
    if (start == std::string_view::npos) return filled + std::string(page);
    const auto name_end = page.find(" -->", start);
    const std::string_view name = page.substr(start + opening.size(), name_end - start - opening.size());
    const auto end = page.find(closing, start);
    if (name_end == std::string_view::npos || end == std::string_view::npos) {
      return tl::unexpected("the part '" + std::string(name) + "' has no end");
    }
    const GeneratedPart* part = nullptr;
    for (const GeneratedPart& one : parts) {
      if (one.name == name) part = &one;
    }
    if (part == nullptr) return tl::unexpected("there is no generated part '" + std::string(name) + "'");
    filled += std::string(page.substr(0, name_end + 4)) + "\n" + part->text + std::string(closing);
    page.remove_prefix(end + closing.size());
  }
}

}  // namespace lifecycle::cli
