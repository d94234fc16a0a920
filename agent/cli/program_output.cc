#include "agent/cli/program_output.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "adapters/dialect/neutraliser.h"

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

class TextSink final : public ByteSink {
 public:
  void take(std::string_view bytes) override { text += bytes; }
  std::string text;
};

/// Our words quote names and titles of strangers: a marker of the CI's in them is broken as in a workflow's output.
std::string harmless(std::string_view words, dialect::DialectKind kind) {
  if (kind == dialect::DialectKind::plain) return std::string(words);
  TextSink sink;
  dialect::Neutraliser neutraliser({.kind = kind});
  neutraliser.feed(words, sink);
  neutraliser.flush(sink);
  return std::move(sink.text);
}

/// A CI's log shows colours, too, but what looks like it may be a file or a pipe to a program.
Paint paint_of(int fd, ColourChoice choice, const Environment& environment) {
  const bool shown = ::isatty(fd) == 1 && environment.get("TERM") != "dumb";
  return colours_asked_for(choice, environment).value_or(shown) ? Paint::colours : Paint::plain;
}

}  // namespace

ColourChoice colour_choice(std::string_view word) {
  if (word == "always") return ColourChoice::always;
  return word == "never" ? ColourChoice::never : ColourChoice::automatic;
}

std::optional<bool> colours_asked_for(ColourChoice choice, const Environment& environment) {
  if (choice != ColourChoice::automatic) return choice == ColourChoice::always;
  if (!environment.get("NO_COLOR").empty()) return false;
  const std::string_view forced = environment.get("FORCE_COLOR");
  if (forced.empty()) return std::nullopt;
  return forced != "0" && forced != "false";
}

ProgramOutput::ProgramOutput(int out, int err, ColourChoice choice, const Environment& environment)
    : out_(out),
      err_(err),
      out_paint_(paint_of(out, choice, environment)),
      err_paint_(paint_of(err, choice, environment)) {}

void ProgramOutput::print(std::string_view text) {
  if (error_ == 0) error_ = write_all(out_, text);
}

void ProgramOutput::print_words(std::string_view text) { print(harmless(text, kind_)); }

void ProgramOutput::note(std::string_view text) const {
  if (notes_ != nullptr) return notes_->take(harmless(text, kind_));
  // Nobody is left to be told when stderr is gone; the exit code still says how it went.
  static_cast<void>(write_all(err_, harmless(text, kind_)));
}

void ProgramOutput::say(const Diagnostic& diagnostic) const { note(render_human(diagnostic, err_paint_)); }

}  // namespace lifecycle::cli
