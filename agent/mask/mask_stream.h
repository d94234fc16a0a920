// Takes the secrets of a MaskTable out of one byte stream, whatever way it is cut. Holds back exactly what
// may be the beginning of a secret; everything else goes on at once.
#pragma once

#include <memory>
#include <string_view>

#include "agent/base/byte_sink.h"
#include "agent/mask/mask_table.h"

namespace lifecycle::mask {

class MaskStream {
 public:
  /// The table outlives the stream.
  explicit MaskStream(const MaskTable& table);
  ~MaskStream();
  MaskStream(MaskStream&&) noexcept;
  MaskStream& operator=(MaskStream&&) noexcept;

  /// Searches the chunk and hands on what cannot be part of a secret; covered runs go as one `***`.
  void feed(std::string_view chunk, ByteSink& next);
  /// Nothing arrived for 20 ms: short partial matches (≤ 3 bytes and at most a quarter of their needle) are shown.
  void pause(ByteSink& next);
  /// A line of the agent's own follows in the sink: as an end, but partial matches live on.
  void boundary(ByteSink& next);
  /// The stream ended: a partial match of ≥ 8 bytes and at least half its needle is covered, else shown.
  void finish(ByteSink& next);
  /// Bytes are held back: arm the 20 ms timer.
  [[nodiscard]] bool holds() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lifecycle::mask
