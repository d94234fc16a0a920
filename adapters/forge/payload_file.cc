#include "adapters/forge/payload_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "adapters/forge/payload_reader.h"
#include "agent/os/file_descriptor.h"

namespace lifecycle::forge {
namespace {

std::string system_reason(int error) { return std::string("cannot be read: ") + std::strerror(error); }

/// Why the opened file is none to read; empty: it is one. A pipe is (`--payload <(…)`), a device is not.
std::string unfit_kind(const struct stat& status) {
  if (S_ISDIR(status.st_mode)) return "is a directory, not a file";
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) return "is neither a file nor a pipe";
  return {};
}

/// Opened without waiting, since a pipe that nobody writes to would block for ever; read with waiting.
os::FileDescriptor open_payload(const std::string& path, std::string& fault) {
  os::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!file.is_open()) {
    fault = errno == ENOENT ? "is missing" : system_reason(errno);
    return file;
  }
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) fault = system_reason(errno);
  if (fault.empty()) fault = unfit_kind(status);
  if (fault.empty() && ::fcntl(file.get(), F_SETFL, O_RDONLY) != 0) fault = system_reason(errno);
  return file;
}

}  // namespace

PayloadFile read_payload_file(const std::string& path) {
  PayloadFile payload;
  const os::FileDescriptor file = open_payload(path, payload.fault);
  if (!payload.fault.empty()) return payload;
  std::string broken;
  auto collected = collect_payload([&](std::span<char> buffer) -> std::size_t {
    ssize_t count = -1;
    do {
      count = ::read(file.get(), buffer.data(), buffer.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) broken = system_reason(errno);
    if (count <= 0) return 0;
    payload.size += static_cast<std::uint64_t>(count);
    return static_cast<std::size_t>(count);
  });
  payload.fields = std::move(collected.fields);
  if (!broken.empty()) {
    payload.fault = broken;
  } else if (payload.size == 0) {
    payload.fault = "is empty";
  } else if (collected.fault) {
    payload.fault = collected.fault->what + " (byte " + std::to_string(collected.fault->offset) + ")";
  }
  return payload;
}

}  // namespace lifecycle::forge
