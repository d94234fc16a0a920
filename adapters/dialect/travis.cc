// Travis: folds and times as travis-build's bash functions write them (travis_fold.bash, travis_time_start.bash,
// travis_time_finish.bash). There is nothing else that it takes.
#include "adapters/dialect/dialects.h"
#include "adapters/dialect/escaping.h"

namespace lifecycle::dialect {
namespace {

constexpr std::string_view travis_clear_line = "\r\x1b[0K";

std::string travis_mark(std::string_view text) {
  return "travis_" + std::string(text) + std::string(travis_clear_line);
}

std::int64_t nanoseconds(Instant instant) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(instant.time_since_epoch()).count();
}

class TravisDialect final : public Dialect {
 public:
  [[nodiscard]] DialectKind kind() const override { return DialectKind::travis; }
  [[nodiscard]] NativeOutput native_output() const override {
    return {.groups = "`travis_fold:start:` and `travis_time:start:` in the log"};
  }

  [[nodiscard]] std::string group_start(const LogGroup& group) const override {
    const std::string name = plain_name(group.id);
    return travis_mark("fold:start:" + name) + travis_mark("time:start:" + name) + printable_for(kind(), group.title) +
           "\n";
  }
  [[nodiscard]] std::string group_end(const LogGroup& group) const override {
    const std::string name = plain_name(group.id);
    const std::int64_t start = nanoseconds(group.started);
    const std::int64_t finish = nanoseconds(group.ended);
    return travis_mark("time:end:" + name + ":start=" + std::to_string(start) + ",finish=" + std::to_string(finish) +
                       ",duration=" + std::to_string(finish - start)) +
           travis_mark("fold:end:" + name) + "\n";
  }
};

}  // namespace

const Dialect& travis_dialect() {
  static const TravisDialect dialect;
  return dialect;
}

}  // namespace lifecycle::dialect
