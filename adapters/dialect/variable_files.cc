// The CIs that take outputs as variables in a file and know nothing else. CircleCI docs, "Using BASH_ENV"; Codefresh
// docs, "Variables": env_vars_to_export; Google Cloud docs, "Storing build results": BUILDER_OUTPUT.
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/variable_lines.h"

namespace lifecycle::dialect {
namespace {

OutputActions appended(std::string_view variable, std::string path, VariableLines lines) {
  OutputActions result{.actions = {}, .omitted = std::move(lines.omitted)};
  result.actions.emplace_back(AppendToFile{std::string(variable), std::move(path), std::move(lines.text)});
  return result;
}

/// The file is run by every later step's shell.
class CircleciDialect final : public Dialect {
 public:
  [[nodiscard]] NativeOutput native_output() const override {
    return {.outputs = "the file `BASH_ENV`: variables `LIFECYCLE_OUT_…` of later steps"};
  }
  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>&) const override {
    const std::string_view path = environment.get("BASH_ENV");
    if (path.empty()) return {};
    return appended("BASH_ENV", std::string(path), export_lines(outputs));
  }
};

class CodefreshDialect final : public Dialect {
 public:
  [[nodiscard]] NativeOutput native_output() const override {
    return {.outputs = "`env_vars_to_export` in `CF_VOLUME_PATH`: variables `LIFECYCLE_OUT_…` of later steps"};
  }
  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>&) const override {
    const std::string_view volume = environment.get("CF_VOLUME_PATH");
    if (volume.empty()) return {};
    return appended("CF_VOLUME_PATH", std::string(volume) + "/env_vars_to_export", assignment_lines(outputs, 0));
  }
};

/// The build's results hold the first 4 KB of a step's file.
class CloudBuildDialect final : public Dialect {
 public:
  [[nodiscard]] NativeOutput native_output() const override {
    return {.outputs = "the file `output` in `BUILDER_OUTPUT`: the build's `buildStepOutputs`"};
  }
  [[nodiscard]] OutputActions hand_on(std::span<const NamedOutput> outputs, const Environment& environment,
                                      const std::function<std::string()>&) const override {
    constexpr std::size_t limit = 4096;
    const std::string_view folder = environment.get("BUILDER_OUTPUT");
    if (folder.empty()) return {};
    return appended("BUILDER_OUTPUT", std::string(folder) + "/output", assignment_lines(outputs, limit));
  }
};

}  // namespace

const Dialect& circleci_dialect() {
  static const CircleciDialect dialect;
  return dialect;
}

const Dialect& codefresh_dialect() {
  static const CodefreshDialect dialect;
  return dialect;
}

const Dialect& cloud_build_dialect() {
  static const CloudBuildDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
