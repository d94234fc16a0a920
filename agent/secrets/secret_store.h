// Where secrets and configs come from, first hit wins (CONTRACT 21): --secrets-dir, --env-file, the agent's
// own environment, /run/secrets. A value lives here and in the job's environment, nowhere else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/environment.h"
#include "agent/base/result.h"
#include "agent/plan/plan.h"

namespace lifecycle::secrets {

struct SecretPlaces {
  std::string secrets_dir;             // --secrets-dir; empty: not given
  std::vector<std::string> env_files;  // --env-file, later ones win
  std::string run_secrets = "/run/secrets";
};

class SecretStore final : public plan::SecretIndex {
 public:
  /// Reads the dotenv files; directories are read name by name when asked.
  /// Errors: secrets-dir-unreadable, env-file-unreadable, env-file-syntax (file:line:column, never the value).
  [[nodiscard]] static Result<SecretStore> open(const SecretPlaces& places, const Environment& own);

  /// The value: from a file without its one trailing newline. Nothing when no place has it.
  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;

  [[nodiscard]] std::optional<std::string> provider_of(std::string_view name) const override;
  [[nodiscard]] std::vector<std::string> places() const override;
  [[nodiscard]] std::size_t size_of(std::string_view name) const override;

 private:
  SecretPlaces places_;
  Environment from_files_;
  Environment own_;
};

[[nodiscard]] std::vector<DiagnosticCode> secrets_diagnostic_codes();

}  // namespace lifecycle::secrets
