// The needles in force at one moment, with the engine that looks for them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agent/mask/mask_table.h"
#include "agent/mask/needle_search.h"

namespace lifecycle::mask {

class NeedleSet {
 public:
  explicit NeedleSet(const std::vector<std::string>& needles);

  [[nodiscard]] bool empty() const { return search_ == nullptr; }
  /// Only of a set that is not empty.
  [[nodiscard]] const NeedleSearch& search() const { return *search_; }

 private:
  std::unique_ptr<const NeedleSearch> search_;
};

}  // namespace lifecycle::mask
