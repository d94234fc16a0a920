// Asks a service whether it is there: a TCP connection to its port on this machine, and a GET where it
// declares a path.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace lifecycle::run {

struct ProbeAnswer {
  bool ready = false;
  std::string address;  // `http://127.0.0.1:8080`, once the port accepts
  std::string error;    // of the try: "connection refused at 127.0.0.1:8080"
};

/// One try: 127.0.0.1, then ::1; at most `limit` for each connection and for the answer. `health`: a path, or
/// empty. Never throws.
boost::asio::awaitable<ProbeAnswer> probe_service(int port, std::string health, std::chrono::milliseconds limit);

/// The status of `HTTP/1.1 204 No Content`; nothing for any other line.
[[nodiscard]] std::optional<int> parse_status_line(std::string_view line);

}  // namespace lifecycle::run
