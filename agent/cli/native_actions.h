// The rim of the dialects: what one asks for is printed, written, handed to the CI's own program or sent. None of it
// may fail a run: each kind that fails is one warning.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/dialect/native_action.h"
#include "agent/base/diagnostic.h"
#include "agent/base/environment.h"
#include "agent/http/http_client.h"
#include "agent/mask/mask_table.h"

namespace lifecycle::cli {

using NativeActions = std::vector<dialect::NativeAction>;

/// Lines and files: done at once. The others may take time and go on in a RemoteActions.
struct SortedActions {
  NativeActions local;
  NativeActions remote;
};
[[nodiscard]] SortedActions sort_actions(NativeActions actions);

/// Every text of the actions without secrets: an encoder may have joined what was apart, so they are masked again.
void mask_actions(NativeActions& actions, const mask::MaskTable& mask);

/// Carries out lines and files. `print` gets lines.
[[nodiscard]] std::vector<Diagnostic> carry_out_local(const NativeActions& actions,
                                                      const std::function<void(std::string_view)>& print);

/// Carries out commands and requests, one after the other. A program that PATH does not have is no failure: the step
/// runs without the CI's agent. After a request without answer no further one is tried.
class RemoteActions {
 public:
  RemoteActions(NativeActions actions, Environment environment);

  [[nodiscard]] bool empty() const { return actions_.empty(); }
  /// Blocks until all is done or the deadline has come: native-command-failed, native-request-failed.
  [[nodiscard]] std::vector<Diagnostic> perform(http::Clock::time_point deadline);
  /// An earlier end. Any thread; wakes perform().
  void set_deadline(http::Clock::time_point deadline);

 private:
  [[nodiscard]] http::Clock::time_point deadline() const;
  [[nodiscard]] std::optional<Diagnostic> send(const dialect::SendRequest& request);

  NativeActions actions_;
  Environment environment_;
  mutable std::mutex mutex_;
  http::Clock::time_point deadline_ = http::Clock::time_point::max();
  http::HttpClient* active_ = nullptr;
};

[[nodiscard]] std::vector<DiagnosticCode> native_actions_diagnostic_codes();

}  // namespace lifecycle::cli
