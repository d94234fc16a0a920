// Reads JSON of any size once, front to back, in bounded memory.
//
// A payload may be 100 MB, and may be one string of 100 MB. A general parser keeps the token that it is in, so its
// memory is the sender's to choose; this one keeps the first bytes of a text, checks the rest (grammar, escapes,
// UTF-8) and lets it go. It takes RFC 8259 and nothing beyond it, except a byte order mark in front.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lifecycle::forge {

/// What a scan reports, in the order of the document. Views are dead afterwards.
class JsonSink {
 public:
  virtual ~JsonSink() = default;
  virtual void begin_object() = 0;
  virtual void end_object() = 0;
  virtual void begin_array() = 0;
  virtual void end_array() = 0;
  virtual void key(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;  // decoded; cut at text_limit, not inside a character
  virtual void number(std::string_view digits) = 0;
  virtual void flag(bool value) = 0;
  virtual void null() = 0;
  /// Asked after begin_object and begin_array: whether what lies within is to be reported. It is checked in any case.
  [[nodiscard]] virtual bool wants_content() const { return true; }
  /// Once in a list that has more than element_limit elements: the others are checked and not reported.
  virtual void more_elements() {}

 protected:
  JsonSink() = default;
  JsonSink(const JsonSink&) = default;
  JsonSink& operator=(const JsonSink&) = default;
};

/// Twice what an event's value may have in an environment, so that whoever cuts there sees that it was longer.
constexpr std::size_t text_limit = std::size_t{64} * 1024;
constexpr int depth_limit = 128;
/// More changes than this in one delivery are no push of a person's; their reports would cost more than their scan.
constexpr std::size_t element_limit = 1000;

struct JsonFault {
  std::uint64_t offset = 0;  // of the byte at fault, 0-based
  std::string what;          // "is not JSON: expected a value", "is cut off"
};

/// Fills the span from its start, gives how many bytes; 0: the end.
using ReadBytes = std::function<std::size_t(std::span<char>)>;

/// Nothing when all of it is one JSON value; what came before a fault has been reported to the sink.
[[nodiscard]] std::optional<JsonFault> scan_json(const ReadBytes& read, JsonSink& sink);

}  // namespace lifecycle::forge
