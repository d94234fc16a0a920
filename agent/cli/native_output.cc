#include "agent/cli/native_output.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "adapters/dialect/annotations.h"
#include "adapters/dialect/dialect.h"
#include "adapters/dialect/escaping.h"
#include "agent/cli/kept_outputs.h"
#include "agent/cli/ops_files.h"
#include "agent/cli/reporting_settings.h"
#include "agent/summary/markdown_summary.h"
#include "agent/summary/run_outputs.h"
#include "agent/summary/summary_rows.h"
#include "agent/summary/terminal_table.h"

namespace lifecycle::cli {
namespace {

namespace fs = std::filesystem;

constexpr DiagnosticCode output_omitted{
    "output-omitted", "an output does not fit into what the CI takes",
    "The CI limits the size of what a step hands on, or takes no line breaks in it; the message has the figures. The "
    "other outputs are there. `--result FILE` writes all of it to a file."};
constexpr DiagnosticCode native_masks_missing{"native-masks-missing", "this CI has no way to be told of a secret",
                                              "`--native-masks` makes the CI mask the secrets itself, also in what "
                                              "other steps print. This one masks only what its "
                                              "own settings name. What the agent prints is masked in any case."};

constexpr std::chrono::seconds annotation_time{10};

ci::Recognised around(const Call& call) {
  auto recognised = ci::recognise(call.environment, call.settings.text("ci"));
  return recognised ? *std::move(recognised) : ci::Recognised{.row = ci::ci_rows().back()};
}

/// `plan --json`, `run --raw`: whoever reads that expects nothing else.
bool stdout_is_data(const Call& call) {
  return std::ranges::any_of(call.settings.all(), [](const Setting& setting) {
    const bool is_about_it = setting.flag->name == "json" || setting.flag->name == "raw";
    return is_about_it && !setting.values.empty() && setting.values.back() == "true";
  });
}

std::string root_of_checkout(const std::string& path) {
  std::error_code failed;
  for (fs::path folder = fs::path(absolute_path(path)).parent_path();; folder = folder.parent_path()) {
    if (fs::exists(fs::symlink_status(folder / ".git", failed))) return folder.string();
    if (folder == folder.parent_path()) return {};
  }
}

void say_all(const Call& call, const std::vector<Diagnostic>& warnings) {
  for (const Diagnostic& warning : warnings) call.output.say(warning);
}

/// All at once, in at most so long.
void carry_out(const Call& call, NativeActions actions, std::chrono::milliseconds limit) {
  SortedActions sorted = sort_actions(std::move(actions));
  say_all(call, carry_out_local(sorted.local, [&call](std::string_view line) { call.output.print(line); }));
  if (sorted.remote.empty()) return;
  RemoteActions remote(std::move(sorted.remote), call.environment);
  say_all(call, remote.perform(http::Clock::now() + limit));
}

/// The CI's variables, and what flags say in their place.
Environment told_environment(const Call& call) {
  Environment environment = call.environment;
  environment.set("LIFECYCLE_DOTENV", call.settings.text("dotenv"));
  return environment;
}

std::size_t room_for_summary(const std::string& path) {
  if (path.empty()) return summary::summary_limit;
  std::error_code absent;
  const auto size = fs::file_size(path, absent);
  const std::size_t used = absent ? 0 : static_cast<std::size_t>(size);
  return used >= summary::summary_limit ? 0 : summary::summary_limit - used;
}

Severity severity_of(run::RunResult result) {
  switch (result) {
    case run::RunResult::success:
    case run::RunResult::skipped:
      return Severity::note;
    case run::RunResult::cancelled:
      return Severity::warning;
    case run::RunResult::failure:
    case run::RunResult::error:
      return Severity::error;
  }
  return Severity::error;
}

dialect::RunReport report_of(const run::RunRecord& record, const mask::MaskTable& mask, std::size_t room) {
  return {.headline = summary::summary_rows(record, mask).headline,
          .markdown = summary::markdown_summary(record, mask, room),
          .plain = summary::terminal_table(record, mask, {}),
          .severity = severity_of(record.result)};
}

void append(NativeActions& to, NativeActions from) {
  for (dialect::NativeAction& action : from) to.push_back(std::move(action));
}

NativeActions output_actions(const Call& call, const std::vector<dialect::NamedOutput>& outputs,
                             const ci::Recognised& recognised) {
  const dialect::Dialect& dialect = dialect::dialect_of(recognised.row->name);
  const dialect::Dialect& dotenv = dialect::dialect_of("gitlab-ci");  // its file is of use elsewhere, too
  const Environment environment = told_environment(call);
  NativeActions actions;
  std::vector<dialect::OmittedOutput> omitted;
  std::vector<const dialect::Dialect*> takers{&dialect};
  if (&dialect != &dotenv) takers.push_back(&dotenv);
  for (const dialect::Dialect* each : takers) {
    dialect::OutputActions part = each->hand_on(outputs, environment, summary::random_token);
    append(actions, std::move(part.actions));
    for (dialect::OmittedOutput& output : part.omitted) omitted.push_back(std::move(output));
  }
  for (const dialect::OmittedOutput& output : omitted) {
    call.output.say({.code = output_omitted.code,
                     .severity = Severity::warning,
                     .message = "the output '" + output.name + "' is left out: " + output.reason,
                     .hint = "--result FILE writes all of it to a file"});
  }
  if (actions.empty() && recognised.in_ci) {
    if (const auto kept = keep_outputs(call.environment, outputs); !kept) {
      Diagnostic warning = kept.error();
      warning.severity = Severity::warning;
      call.output.say(warning);
    }
  }
  return actions;
}

std::string colour_word(const dialect::NativeOutput& words, std::string_view ci) {
  if (words.colours) return "shown";
  return ci == "jenkins" ? "where the AnsiColor plugin sets `TERM`" : "removed";
}

}  // namespace

std::string path_from_root(const std::string& path, std::string_view told_workspace) {
  std::error_code failed;
  if (!told_workspace.empty() && fs::is_directory(told_workspace, failed)) {
    return path_in_workspace(path, absolute_path(told_workspace));
  }
  const std::string root = root_of_checkout(path);
  return path_in_workspace(path, root.empty() ? current_directory() : root);
}

void annotate(const Call& call, std::span<const Diagnostic> diagnostics) {
  if (diagnostics.empty() || stdout_is_data(call)) return;
  const ci::Recognised recognised = around(call);
  const dialect::Dialect& dialect = dialect::dialect_of(recognised.row->name);
  std::vector<Diagnostic> shown = dialect::bounded(diagnostics, dialect.annotation_limit());
  const std::string_view workspace = call.environment.get("GITHUB_WORKSPACE");
  for (Diagnostic& diagnostic : shown) {
    std::string& file = diagnostic.place.file;
    if (!file.empty()) file = path_from_root(file, workspace);
  }
  carry_out(call, dialect.annotate(shown, call.environment), annotation_time);
}

void annotate_files(const Call& call, std::span<const Diagnostic> diagnostics) {
  std::vector<Diagnostic> placed;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!diagnostic.place.file.empty()) placed.push_back(diagnostic);
  }
  annotate(call, placed);
}

NativeActions run_actions(const Call& call, const run::RunRecord& record, const mask::MaskTable& mask,
                          const ci::Recognised& recognised) {
  const dialect::Dialect& dialect = dialect::dialect_of(recognised.row->name);
  const std::size_t room = room_for_summary(dialect.summary_file(call.environment));
  NativeActions actions = dialect.summarise(report_of(record, mask, room), call.environment, summary::random_token());
  append(actions, output_actions(call, summary::run_outputs(record, mask), recognised));
  mask_actions(actions, mask);
  return actions;
}

void hand_on_without_run(const Call& call, ExitCode code) {
  mask::MaskTable mask;
  mask_token(call, mask);
  run::RunRecord no_run;
  no_run.result =
      code == ExitCode::success || code == ExitCode::no_match ? run::RunResult::skipped : run::RunResult::error;
  NativeActions actions = output_actions(call, summary::run_outputs(no_run, mask), around(call));
  mask_actions(actions, mask);
  if (call.settings.is_on("raw")) {
    std::erase_if(actions, [](const auto& action) { return std::holds_alternative<dialect::PrintLine>(action); });
  }
  carry_out(call, std::move(actions), call.settings.duration("report-timeout").value_or(annotation_time));
}

NativeActions native_masks(const Call& call, const ci::Recognised& recognised,
                           const std::vector<dialect::SecretValue>& secrets) {
  std::vector<dialect::SecretValue> lines;
  for (const dialect::SecretValue& secret : secrets) {
    for (const std::string_view line : dialect::lines_of_text(secret.value)) {
      // What the agent would not mask, because it would hide half of the log, the CI must not either.
      mask::MaskTable probe;
      if (!probe.add(secret.name, line, mask::SecretOrigin::declared))
        lines.push_back({secret.name, std::string(line)});
    }
  }
  NativeActions actions = dialect::dialect_of(recognised.row->name).mask(lines, call.environment);
  if (actions.empty() && !lines.empty()) {
    call.output.say({.code = native_masks_missing.code,
                     .severity = Severity::note,
                     .message = std::string(recognised.row->title) +
                                (dialect::native_output(recognised.row->name).masks.empty()
                                     ? " cannot be told of secrets from within a job"
                                     : " cannot be told of secrets here: its program or token is missing"),
                     .hint = "what the agent prints is masked all the same"});
  }
  return actions;
}

std::vector<NativeForm> native_forms(std::string_view ci) {
  const dialect::NativeOutput words = dialect::native_output(ci);
  std::vector<NativeForm> forms{{"groups", words.groups},
                                {"annotations", words.annotations},
                                {"outputs", words.outputs},
                                {"summary", words.summary},
                                {"masks", words.masks}};
  std::erase_if(forms, [](const NativeForm& form) { return form.form.empty(); });
  return forms;
}

std::string native_form_names(std::string_view ci) {
  std::string text;
  for (const NativeForm& form : native_forms(ci)) text.append(text.empty() ? "" : ", ").append(form.what);
  return text.empty() ? "plain text" : text;
}

std::string native_output_markdown() {
  std::string text =
      "| CI | groups | annotations | outputs | summary | masks (`--native-masks`) | colours |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const ci::CiRow* row : ci::ci_rows()) {
    const dialect::NativeOutput words = dialect::native_output(row->name);
    const auto cell = [&text](std::string_view words_of_cell, std::string_view otherwise) {
      text += " " + std::string(words_of_cell.empty() ? otherwise : words_of_cell) + " |";
    };
    text += "|";
    cell(row->title, {});
    cell(words.groups, "plain lines");
    cell(words.annotations, "–");
    cell(words.outputs, "`outputs --shell`");
    cell(words.summary, "the table in the log");
    cell(words.masks, "–");
    cell(colour_word(words, row->name), {});
    text += "\n";
  }
  return text;
}

std::vector<DiagnosticCode> native_output_diagnostic_codes() { return {output_omitted, native_masks_missing}; }

}  // namespace lifecycle::cli
