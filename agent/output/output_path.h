// The path of one job's bytes, composed: command parser → mask → neutralise → next sink, in one pass.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/dialect/neutraliser.h"
#include "agent/base/byte_sink.h"
#include "agent/base/diagnostic.h"
#include "agent/mask/mask_table.h"

namespace lifecycle::output {

class OutputPath {
 public:
  /// `table` gets the values of ::add-mask:: lines and, like `next`, outlives the path.
  OutputPath(mask::MaskTable& table, dialect::NeutraliserOptions options, ByteSink& next);
  ~OutputPath();
  OutputPath(const OutputPath&) = delete;
  OutputPath& operator=(const OutputPath&) = delete;

  /// Told when a value of ::add-mask:: is refused (`secret-too-short`).
  void on_warning(std::function<void(const Diagnostic&)> tell);
  /// Bytes as they came from the workflow.
  void feed(std::string_view chunk);
  /// Nothing arrived for 20 ms.
  void pause();
  /// Before a line of the agent's own: everything that can be shown is, an open line gets its LF.
  void boundary();
  /// The stream ended.
  void finish();
  /// Something is held back: call pause() 20 ms after the last feed().
  [[nodiscard]] bool holds() const;
  /// Bytes that came in.
  [[nodiscard]] std::uint64_t bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lifecycle::output
