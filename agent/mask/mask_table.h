// The secrets of a run. One table for all streams and sinks, until the run ends; values can be added while
// it runs, never removed. The contract: docs/masking.md.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/diagnostic.h"

namespace lifecycle::mask {

/// An explicit value (::add-mask::, SDK) may be shorter than one that was declared.
enum class SecretOrigin { declared, explicit_value };

/// The needles in force at one moment; immutable, shared by the streams.
class NeedleSet;

class MaskTable {
 public:
  MaskTable();
  ~MaskTable();
  MaskTable(const MaskTable&) = delete;
  MaskTable& operator=(const MaskTable&) = delete;

  /// Registers a value under a name that messages may quote. Refused values (trimmed below 6 bytes, explicit 4;
  /// fewer than three distinct bytes) come back as a warning `secret-too-short` that names the secret.
  std::optional<Diagnostic> add(std::string_view name, std::string_view value, SecretOrigin origin);

  /// The set in force; its identity changes when a value is added. Any thread.
  [[nodiscard]] std::shared_ptr<const NeedleSet> needles() const;

  /// A whole text with every secret replaced by `***` (summaries, error texts, bodies). Any thread.
  [[nodiscard]] std::string mask_text(std::string_view text) const;

  [[nodiscard]] bool empty() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::vector<DiagnosticCode> mask_diagnostic_codes();

}  // namespace lifecycle::mask
