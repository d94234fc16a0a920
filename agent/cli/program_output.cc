#include "agent/cli/program_output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace lifecycle::cli {
namespace {

/// 0, or the errno of the write that failed. stdout may be non-blocking: whoever shares it made it so.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count >= 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {
      pollfd writable{.fd = fd, .events = POLLOUT, .revents = 0};
      if (::poll(&writable, 1, -1) < 0 && errno != EINTR) return errno;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

/// no-color.org: a set NO_COLOR of any non-empty value turns colours off where they were not asked for.
Paint paint_of(int fd, ColourChoice choice, const Environment& environment) {
  if (choice == ColourChoice::always) return Paint::colours;
  if (choice == ColourChoice::never || !environment.get("NO_COLOR").empty()) return Paint::plain;
  if (environment.get("TERM") == "dumb") return Paint::plain;
  return ::isatty(fd) == 1 ? Paint::colours : Paint::plain;
}

}  // namespace

ProgramOutput::ProgramOutput(int out, int err, ColourChoice choice, const Environment& environment)
    : out_(out),
      err_(err),
      out_paint_(paint_of(out, choice, environment)),
      err_paint_(paint_of(err, choice, environment)) {}

void ProgramOutput::print(std::string_view text) {
  if (error_ == 0) error_ = write_all(out_, text);
}

void ProgramOutput::note(std::string_view text) const {
  // Nobody is left to be told when stderr is gone; the exit code still says how it went.
  static_cast<void>(write_all(err_, text));
}

void ProgramOutput::say(const Diagnostic& diagnostic) const { note(render_human(diagnostic, err_paint_)); }

}  // namespace lifecycle::cli
