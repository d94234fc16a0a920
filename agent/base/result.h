// Result<T>: a value or the Diagnostic that says why there is none (docs/decisions/0001-result-type.md).
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "agent/base/diagnostic.h"

namespace lifecycle {

template <class T>
using Result = tl::expected<T, Diagnostic>;

/// The failing side of a Result: `return fail({.code = …, .message = …});`
inline tl::unexpected<Diagnostic> fail(Diagnostic diagnostic) {
  return tl::unexpected<Diagnostic>(std::move(diagnostic));
}

}  // namespace lifecycle
