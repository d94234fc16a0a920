// Where tests and fuzz targets collect what a stream lets through.
#pragma once

#include <string>
#include <string_view>

#include "agent/base/byte_sink.h"

namespace lifecycle {

struct StringSink final : ByteSink {
  void take(std::string_view bytes) override { text += bytes; }
  std::string text;
};

}  // namespace lifecycle
