#include "agent/plan/workflow_text.h"

#include <algorithm>

#include "agent/base/utf8.h"
#include "agent/base/visible_text.h"

namespace lifecycle::plan {
namespace {

constexpr std::size_t value_width = 100;

std::string padded(std::string_view text, std::size_t width) {
  std::string out(text);
  const auto shown = static_cast<std::size_t>(count_characters(text));
  if (shown < width) out.append(width - shown, ' ');
  return out;
}

std::string joined(const std::vector<std::string>& items, std::string_view between) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += between;
    text += visible(item);
  }
  return text;
}

std::string heading(std::string_view mark, std::string_view kind, std::string_view name, std::string_view version,
                    std::string_view file, int line, const Style& style) {
  std::string text = std::string(mark) + " " + std::string(kind) + " " + style.bold(visible(name));
  if (!version.empty()) text += " " + visible(version);
  text += "  " + style.dim(visible(file) + (line > 0 ? ":" + std::to_string(line) : "")) + "\n";
  return text;
}

std::string print_workdir(const PlannedWorkdir& workdir) {
  const std::string where = workdir.kind == ops::WorkdirKind::empty ? "an empty directory" : visible(workdir.path);
  return where + " (" + visible(workdir.reason) + ")";
}

/// Long values are cut here, not in the job.
std::string print_value(const EnvEntry& entry, const Style& style) {
  switch (entry.kind) {
    case EnvValue::secret:
      return style.dim((entry.is_masked() ? "*** from " : "from ") + visible(entry.provider));
    case EnvValue::job_directory:
      return style.dim("the job's directory");
    case EnvValue::run_id:
      return style.dim("the id of the run");
    case EnvValue::literal:
      break;
  }
  if (entry.source == EnvSource::withheld) return style.warn("empty: withheld from a fork's change");
  if (entry.value.empty()) return style.dim("(empty)");
  const std::string_view shown = cut_utf8(entry.value, value_width);
  const std::string rest = shown.size() < entry.value.size()
                               ? style.dim(" … (" + std::to_string(entry.value.size()) + " bytes)")
                               : std::string{};
  return visible(shown) + rest;
}

/// What the job has of its own, and how many more it has in common with all.
std::string print_environment(const std::vector<EnvEntry>& env, const std::vector<EnvEntry>& common,
                              const Style& style) {
  std::vector<EnvEntry> own;
  for (const EnvEntry& entry : env) {
    if (std::ranges::find(common, entry) == common.end()) own.push_back(entry);
  }
  std::string text = "    environment " + style.dim(std::to_string(env.size()) + " variables") + "\n";
  text += print_variables("      ", own, style);
  if (!common.empty())
    text += style.dim("      and the " + std::to_string(common.size()) + " of every job, below") + "\n";
  return text;
}

/// Each line made visible on its own, tabs kept.
std::string print_script(std::string_view script, const Style& style) {
  std::string text = "    script\n";
  for (int number = 1; !script.empty(); ++number) {
    const auto end = std::min(script.find('\n'), script.size());
    std::string line;
    for (std::string_view rest = script.substr(0, end); !rest.empty();) {
      const auto tab = std::min(rest.find('\t'), rest.size());
      line += visible(rest.substr(0, tab));
      if (tab < rest.size()) line += '\t';
      rest.remove_prefix(std::min(tab + 1, rest.size()));
    }
    const std::string digits = std::to_string(number);
    const std::string gutter = std::string(digits.size() < 4 ? 4 - digits.size() : 0, ' ') + digits + " | ";
    text += "      " + style.dim(gutter) + line + "\n";
    script.remove_prefix(std::min(end + 1, script.size()));
  }
  return text;
}

std::string print_steps(const PlannedJob& job, const Style& style) {
  std::string text;
  for (std::size_t i = 0; i < job.steps.size(); ++i) {
    text += print_row("    ", "step " + std::to_string(i + 1), visible(job.steps[i]));
  }
  if (job.shell_per_step) text += style.dim("    each step has a shell of its own, and all run whatever fails\n");
  return text;
}

/// As a shell would take it.
std::string quoted_for_shell(std::string_view word) {
  constexpr std::string_view safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
  if (!word.empty() && word.find_first_not_of(safe) == std::string_view::npos) return std::string(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

std::string print_argv(const std::vector<std::string>& argv) {
  std::string text;
  for (const std::string& word : argv) text += (text.empty() ? "" : " ") + quoted_for_shell(word);
  return visible(text);
}

std::string print_job(const PlannedJob& job, const WorkflowRun& run, const std::vector<EnvEntry>& common,
                      const Style& style) {
  std::string text;
  if (run.kind == ops::WorkflowKind::pipeline) text += "  job " + style.bold(visible(job.name)) + "\n";
  text += print_row("    ", "directory", print_workdir(job.workdir));
  if (!job.packages.empty()) {
    std::string packages = joined(job.packages, ", ");
    if (!job.missing_packages.empty()) packages += style.warn("; not here: " + joined(job.missing_packages, ", "));
    text += print_row("    ", "packages", packages);
  }
  if (!job.argv.empty()) text += print_row("    ", "runs", print_argv(job.argv));
  if (!job.script.empty()) text += print_script(job.script, style);
  if (job.script.empty()) text += print_steps(job, style);
  for (const MissingValue& missing : job.missing) {
    text += "    " + style.bad("missing   " + visible(missing.kind) + " " + visible(missing.name)) +
            ", asked: " + joined(missing.asked, ", ") + "\n";
  }
  return text + print_environment(job.env, common, style);
}

std::string print_ports(const WorkflowRun& run) {
  std::string text;
  for (const ops::PortMapping& port : run.ports) {
    text += text.empty() ? "" : ", ";
    if (!port.host.empty()) text += visible(port.host) + ":";
    text += std::to_string(port.container);
  }
  return text;
}

std::string print_match(const WorkflowRun& run) {
  const std::string trigger = run.trigger.empty() ? std::string{} : print_row("  ", "trigger", visible(run.trigger));
  return trigger + print_row("  ", "because", visible(run.match_reason));
}

}  // namespace

std::string print_row(std::string_view indent, std::string_view name, std::string_view value) {
  return std::string(indent) + padded(name, 10) + std::string(value) + "\n";
}

std::string print_variables(std::string_view indent, const std::vector<EnvEntry>& env, const Style& style) {
  std::size_t width = 0;
  for (const EnvEntry& entry : env) width = std::max(width, entry.name.size());
  width = std::min<std::size_t>(width, 32);
  std::string text;
  for (const EnvEntry& entry : env) {
    text += std::string(indent) + padded(visible(entry.name), width) + "  " +
            style.dim(padded(print_source(entry.source), 8)) + "  " + print_value(entry, style) + "\n";
  }
  return text;
}

std::string print_run(const WorkflowRun& run, const std::vector<EnvEntry>& common, const Style& style) {
  std::string text =
      heading(style.good("*"), ops::print_kind(run.kind), run.workflow, run.version, run.file, run.line, style) +
      print_match(run);
  text += print_row("  ", "executor", visible(run.executor));
  if (!run.environment.empty()) text += print_row("  ", "deploys", "to " + visible(run.environment));
  if (!run.service_trigger.empty()) text += print_row("  ", "service", joined(run.service_trigger, ", "));
  if (!run.ports.empty()) text += print_row("  ", "ports", print_ports(run));
  if (!run.health.empty()) text += print_row("  ", "health", "GET " + visible(run.health));
  for (const std::string& note : run.notes) text += print_row("  ", "note", style.warn(visible(note)));
  for (const PlannedJob& job : run.jobs) text += print_job(job, run, common, style);
  return text;
}

std::string print_skipped(const WorkflowRun& run, const Style& style) {
  return heading(style.warn("-"), ops::print_kind(run.kind), run.workflow, run.version, run.file, run.line, style) +
         print_match(run) + print_row("  ", "skipped", style.warn(visible(run.skipped)));
}

std::string print_unmatched(const Unmatched& unmatched, const Style& style) {
  std::string text = heading(style.dim("o"), ops::print_kind(unmatched.kind), unmatched.workflow, unmatched.version,
                             unmatched.file, unmatched.line, style);
  for (const std::string& reason : unmatched.reasons) text += print_row("  ", "because", visible(reason));
  for (const std::string& trigger : unmatched.triggers) text += print_row("  ", "trigger", visible(trigger));
  if (!unmatched.edit.empty()) text += print_row("  ", "edit", style.good(visible(unmatched.edit)) + " would match");
  return text;
}

}  // namespace lifecycle::plan
