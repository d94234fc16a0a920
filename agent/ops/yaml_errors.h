// A parser's complaint in our words: what stands there, and what to write instead.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "agent/ops/source_text.h"

namespace lifecycle::ops {

/// A list or map whose end has not come yet.
struct OpenCollection {
  std::size_t offset = 0;  // of its first byte
  bool flow = false;       // in brackets
  bool list = false;
};

struct YamlComplaint {
  std::string_view code;
  std::size_t offset = 0;
  std::size_t end = 0;
  std::string message;
  std::string hint;
};

/// `said` is the parser's message, `offset` where it stopped; `innermost` the collection that was open, if any.
[[nodiscard]] YamlComplaint describe_yaml_error(const SourceText& source, std::string_view said, std::size_t offset,
                                                const OpenCollection* innermost);

}  // namespace lifecycle::ops
