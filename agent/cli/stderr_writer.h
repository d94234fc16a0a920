// Our stderr while a run is going on: whoever reads it may be stuck, and neither a signal nor a workflow waits for
// that.
#pragma once

#include <unistd.h>

#include <string_view>

#include "agent/base/byte_sink.h"
#include "agent/output/console_writer.h"

namespace lifecycle::cli {

class StderrWriter final : public ByteSink {
 public:
  /// Never blocks: what does not fit while the reader is stuck is lost.
  void take(std::string_view bytes) override {
    if (writer_.has_room()) writer_.take(bytes);
  }
  [[nodiscard]] output::ConsoleWriter& writer() { return writer_; }

 private:
  output::ConsoleWriter writer_{STDERR_FILENO, std::size_t{256} << 10};
};

}  // namespace lifecycle::cli
