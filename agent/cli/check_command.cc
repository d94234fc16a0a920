#include <string>
#include <vector>

#include "agent/cli/commands.h"
#include "agent/cli/native_output.h"
#include "agent/cli/ops_files.h"
#include "agent/cli/render_diagnostic.h"
#include "agent/ops/ops_file.h"

namespace lifecycle::cli {
namespace {

struct Counted {
  int errors = 0;
  int warnings = 0;
};

Counted count(const std::vector<Diagnostic>& diagnostics) {
  Counted counted;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == Severity::error) ++counted.errors;
    if (diagnostic.severity == Severity::warning) ++counted.warnings;
  }
  return counted;
}

std::string how_many(int count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string closing_line(const Counted& counted, std::size_t files) {
  std::string text = how_many(static_cast<int>(files), "file") + " checked: ";
  if (counted.errors == 0 && counted.warnings == 0) return text + "no problems\n";
  return text + how_many(counted.errors, "error") + ", " + how_many(counted.warnings, "warning") + "\n";
}

std::string render(const std::vector<Diagnostic>& diagnostics, std::string_view format, Paint paint) {
  if (format == "json") return render_json(diagnostics);
  if (format == "github") return render_github(diagnostics);
  if (format == "gitlab") return render_gitlab(diagnostics);
  if (format == "sarif") return render_sarif(diagnostics);
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += render_human(diagnostic, paint);
  return text;
}

/// Forges look for the files of annotations, of SARIF and of Code Quality from the repository's root, wherever a step
/// has its directory.
void name_from_root(std::vector<Diagnostic>& diagnostics, std::string_view workspace) {
  for (Diagnostic& diagnostic : diagnostics) {
    std::string& file = diagnostic.place.file;
    if (!file.empty()) file = path_from_root(file, workspace);
  }
}

}  // namespace

ExitCode check_command(const Call& call) {
  const std::string workspace = workspace_of(call.environment.get("GITHUB_WORKSPACE"));
  std::vector<std::string> paths = call.operands;
  if (paths.empty()) {
    auto named = ops_paths(call.settings.list("file"), workspace);
    if (!named) return call.fail_with(named.error());
    paths = *std::move(named);
  }
  std::vector<Diagnostic> found;
  for (const std::string& path : paths) {
    const auto text = read_ops_text(path);
    if (!text) {
      // One file that is not there does not hide what the others have.
      found.push_back(text.error());
      continue;
    }
    for (Diagnostic& diagnostic : ops::read_ops(*text, path).diagnostics) found.push_back(std::move(diagnostic));
  }
  const std::string format = call.settings.text("format");
  if (format == "github" || format == "gitlab" || format == "sarif") {
    name_from_root(found, call.environment.get("GITHUB_WORKSPACE"));
  }
  const std::string text = render(found, format, call.output.paint());
  const Counted counted = count(found);
  if (format == "human") {
    call.output.print_words(text + closing_line(counted, paths.size()));  // it quotes lines of the file
  } else {
    call.output.print(text);
  }
  if (!call.settings.is_given("format")) annotate(call, found);
  const bool bad = counted.errors > 0 || (counted.warnings > 0 && call.settings.is_on("strict"));
  return bad ? ExitCode::usage : ExitCode::success;
}

}  // namespace lifecycle::cli
