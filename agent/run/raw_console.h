// What ends one stream and what begins the next may form a command of the CI between them. With --raw no line of ours
// parts the streams, so their markers are looked for once more where all of them have come together.
#pragma once

#include <string_view>

#include "adapters/dialect/neutraliser.h"
#include "agent/base/byte_sink.h"

namespace lifecycle::run {

class RawConsole final : public ByteSink {
 public:
  RawConsole(const dialect::NeutraliserOptions& options, ByteSink& console) : joined_(options), console_(console) {}
  void take(std::string_view bytes) override { joined_.feed(bytes, console_); }

 private:
  dialect::Neutraliser joined_;
  ByteSink& console_;
};

}  // namespace lifecycle::run
