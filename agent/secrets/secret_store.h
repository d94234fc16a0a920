// Where secrets and configs come from, first hit wins: --secrets-dir, --env-file, the agent's own environment,
// /run/secrets. A value lives here and in the job's environment, nowhere else.
#pragma once

#include <map>
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
  std::string plan_secrets = "/run/secrets";
};

/// A variable of the agent's environment that is set but empty counts as missing: CI systems hand an unknown secret
/// over as an empty text. The agent's own credentials are never given.
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
  [[nodiscard]] std::string trouble_with(std::string_view name) const override;

 private:
  struct Found {
    std::string value;
    std::string provider;
  };
  struct FromFile {
    std::string value;
    std::string file;
  };
  [[nodiscard]] std::optional<Found> look_up(std::string_view name) const;

  SecretPlaces places_;
  std::map<std::string, FromFile, std::less<>> from_files_;
  Environment own_;
};

[[nodiscard]] std::vector<DiagnosticCode> secrets_diagnostic_codes();

}  // namespace lifecycle::secrets
