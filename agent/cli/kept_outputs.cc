#include "agent/cli/kept_outputs.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "agent/base/fingerprint.h"
#include "agent/cli/json_text.h"
#include "agent/cli/ops_files.h"
#include "agent/os/files.h"
#include "agent/summary/run_outputs.h"

namespace lifecycle::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr DiagnosticCode outputs_missing{
    "outputs-missing", "there are no outputs of a run to print",
    "`run` keeps its outputs for `outputs` in a CI that takes none from a program, under `$XDG_STATE_HOME` or "
    "`$HOME/.local/state`, by the directory in which it was called. Elsewhere let `run --result FILE` write its "
    "record, "
    "and give it to `outputs --result FILE`."};
constexpr DiagnosticCode outputs_unreadable{"outputs-unreadable", "the file holds no outputs of a run",
                                            "`outputs --result FILE` takes what `run --result FILE` wrote."};

constexpr std::size_t outputs_limit = std::size_t{64} << 20;
constexpr std::string_view outputs_schema = "lifecycle-agent/outputs/1";

Diagnostic missing() {
  return {.code = outputs_missing.code,
          .message = "no run in this directory has kept outputs: a CI that takes outputs itself has them",
          .hint = "give the record of one: 'run --result FILE', then 'outputs --result FILE'"};
}

Diagnostic unreadable(const std::string& file) {
  return {.code = outputs_unreadable.code,
          .message = "'" + file + "' holds no outputs of a run",
          .hint = "'lifecycle-agent run --result FILE' writes a record that has them"};
}

Result<Json> read_json(const std::string& file) {
  const auto text = os::read_file(file, outputs_limit);
  if (!text) return fail(text.error());
  Json json = Json::parse(*text, nullptr, false);
  if (json.is_discarded()) return fail(unreadable(file));
  return json;
}

}  // namespace

std::string kept_outputs_path(const Environment& environment, const std::string& directory) {
  // XDG Base Directory Specification: a relative path in the variable is to be ignored.
  fs::path state = environment.get("XDG_STATE_HOME");
  if (!state.is_absolute()) {
    const fs::path home = environment.get("HOME");
    if (!home.is_absolute()) return {};
    state = home / ".local" / "state";
  }
  return (state / "lifecycle-agent" / "outputs" / (fingerprint(directory) + ".json")).string();
}

Result<void> keep_outputs(const Environment& environment, const std::vector<dialect::NamedOutput>& outputs) {
  const std::string directory = current_directory();
  const fs::path path = kept_outputs_path(environment, directory);
  if (path.empty()) return {};
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) {
    return fail({.code = "directory-unmakeable",
                 .message = "cannot make '" + path.parent_path().string() + "': " + failed.message(),
                 .hint = "'outputs' will have nothing to print; the result stands"});
  }
  Json json = {{"schema", outputs_schema}, {"directory", directory}, {"outputs", Json::object()}};
  for (const dialect::NamedOutput& output : outputs) json["outputs"][output.name] = output.value;
  return os::write_file(path, json_text(json), 0600);
}

void forget_outputs(const Environment& environment) {
  std::error_code absent;
  const std::string path = kept_outputs_path(environment, current_directory());
  if (!path.empty()) fs::remove(path, absent);
}

Result<std::vector<dialect::NamedOutput>> kept_outputs(const Environment& environment) {
  const std::string directory = current_directory();
  const std::string path = kept_outputs_path(environment, directory);
  std::error_code absent;
  if (path.empty() || !fs::exists(path, absent)) return fail(missing());
  const auto json = read_json(path);
  if (!json) return fail(json.error());
  const bool fits = json->is_object() && json->value("schema", Json()) == outputs_schema &&
                    json->value("directory", Json()) == directory && json->value("outputs", Json()).is_object();
  if (!fits) return fail(unreadable(path));
  std::vector<dialect::NamedOutput> outputs;
  for (const auto& [name, value] : (*json)["outputs"].items()) {
    if (!value.is_string()) return fail(unreadable(path));
    outputs.push_back({name, value.get<std::string>()});
  }
  return outputs;
}

Result<std::vector<dialect::NamedOutput>> recorded_outputs(const std::string& file) {
  const auto json = read_json(file);
  if (!json) return fail(json.error());
  auto outputs = summary::outputs_of_record(*json);
  if (!outputs) return fail(unreadable(file));
  return *std::move(outputs);
}

std::vector<DiagnosticCode> kept_outputs_diagnostic_codes() { return {outputs_missing, outputs_unreadable}; }

}  // namespace lifecycle::cli
