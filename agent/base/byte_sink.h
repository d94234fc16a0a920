// Where bytes go next: the stages of the output path hand pieces on without collecting them.
#pragma once

#include <string_view>

namespace lifecycle {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  /// Takes the bytes before it returns; the view is dead afterwards.
  virtual void take(std::string_view bytes) = 0;

 protected:
  ByteSink() = default;
  ByteSink(const ByteSink&) = default;
  ByteSink& operator=(const ByteSink&) = default;
};

}  // namespace lifecycle
