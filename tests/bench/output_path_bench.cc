// How fast the output path is: output_path_bench [MiB]. Prints GB/s of each stage alone and of the whole path, and
// the time from a byte that comes in to the byte that comes out. The text is like a CI's log.
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/dialect/neutraliser.h"
#include "agent/mask/mask_stream.h"
#include "agent/output/console_writer.h"
#include "agent/output/output_path.h"

namespace {

using namespace lifecycle;
using Clock = std::chrono::steady_clock;

/// What this thread itself spent, so that other programs on the machine do not count.
double thread_seconds() {
  timespec spent{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

constexpr std::size_t chunk_bytes = std::size_t{256} << 10;

struct CountingSink final : ByteSink {
  void take(std::string_view bytes) override { count += bytes.size(); }
  std::size_t count = 0;
};

class Dice {
 public:
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  std::string word(std::size_t length, std::string_view alphabet) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += alphabet[below(alphabet.size())];
    return text;
  }

 private:
  std::mt19937 engine_{1};
};

constexpr std::string_view token_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

std::string log_text(std::size_t size, bool coloured) {
  Dice dice;
  constexpr std::string_view words[] = {"compiling", "src/main.cc", "ok", "warning:", "[info]",
                                        "test",      "passed",      "in", "1.25s",    "node_modules/left-pad/index.js"};
  std::string text;
  while (text.size() < size) {
    text += dice.below(4) == 0 ? "    " : "2026-11-24T07:00:00.123Z ";
    if (coloured) text += "\x1b[32m";
    const std::size_t count = 3 + dice.below(8);
    for (std::size_t i = 0; i < count; ++i) {
      text += words[dice.below(std::size(words))];
      text += ' ';
    }
    if (dice.below(8) == 0) text += "https://registry.example/pkg/-/pkg-1.2.3.tgz#" + dice.word(40, "0123456789abcdef");
    if (coloured) text += "\x1b[0m";
    text += '\n';
  }
  return text;
}

/// The best of several runs: the machine's noise only ever adds.
void report(const char* what, const std::string& text, std::size_t total,
            const std::function<void(std::string_view)>& feed) {
  double best = 0;
  double best_busy = 0;
  for (int run = 0; run < 5; ++run) {
    const auto begin = Clock::now();
    const double busy_before = thread_seconds();
    for (std::size_t done = 0; done < total;) {
      for (std::size_t at = 0; at < text.size(); at += chunk_bytes)
        feed(std::string_view(text).substr(at, chunk_bytes));
      done += text.size();
    }
    const std::chrono::duration<double> spent = Clock::now() - begin;
    best = std::max(best, static_cast<double>(total) / spent.count() / 1e9);
    best_busy = std::max(best_busy, static_cast<double>(total) / (thread_seconds() - busy_before) / 1e9);
  }
  std::printf("%-58s %8.2f GB/s, %8.2f of this thread's time\n", what, best, best_busy);
}

void add_secrets(mask::MaskTable& table, std::size_t count, std::size_t shortest) {
  Dice dice;
  for (std::size_t i = 0; i < count; ++i) {
    table.add("S", dice.word(shortest + dice.below(40), token_letters), mask::SecretOrigin::declared);
  }
}

void latency() {
  int in[2];
  if (::pipe(in) != 0) std::abort();
  mask::MaskTable table;
  add_secrets(table, 100, 20);
  output::ConsoleWriter writer(in[1]);
  output::OutputPath path(table, {.kind = dialect::DialectKind::actions}, writer);
  std::vector<double> micros;
  for (int i = 0; i < 2000; ++i) {
    const auto begin = Clock::now();
    path.feed(".");
    char byte = 0;
    if (::read(in[0], &byte, 1) != 1) std::abort();
    micros.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    ::usleep(200);
  }
  std::sort(micros.begin(), micros.end());
  std::printf("%-58s %6.1f us median, %.1f us at 99 %%\n", "byte in -> byte out", micros[1000], micros[1980]);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t total = static_cast<std::size_t>(argc > 1 ? std::atoi(argv[1]) : 256) << 20;
  const std::string text = log_text(std::size_t{16} << 20, false);
  const std::string coloured = log_text(std::size_t{16} << 20, true);
  std::vector<char> copy(chunk_bytes);
  report("memcpy", text, total, [&](std::string_view chunk) {
    std::memcpy(copy.data(), chunk.data(), chunk.size());
    asm volatile("" : : "r"(copy.data()) : "memory");
  });
  CountingSink sink;
  for (const auto& [name, kind] : {std::pair{"neutraliser, actions", dialect::DialectKind::actions},
                                   std::pair{"neutraliser, azure", dialect::DialectKind::azure},
                                   std::pair{"neutraliser, buildkite", dialect::DialectKind::buildkite},
                                   std::pair{"neutraliser, terminal", dialect::DialectKind::plain}}) {
    dialect::Neutraliser neutraliser({.kind = kind});
    report(name, text, total, [&](std::string_view chunk) { neutraliser.feed(chunk, sink); });
  }
  dialect::Neutraliser neutraliser({.kind = dialect::DialectKind::actions});
  report("neutraliser, actions, coloured text", coloured, total,
         [&](std::string_view chunk) { neutraliser.feed(chunk, sink); });
  for (const auto& [name, count, shortest] :
       {std::tuple{"mask, no secrets", 0, 20}, std::tuple{"mask, 100 secrets of 20 bytes and more", 100, 20},
        std::tuple{"mask, 100 secrets of 8 bytes and more", 100, 8},
        std::tuple{"mask, 100 secrets of 6 bytes and more", 100, 6}}) {
    mask::MaskTable table;
    add_secrets(table, static_cast<std::size_t>(count), static_cast<std::size_t>(shortest));
    mask::MaskStream stream(table);
    report(name, text, total, [&](std::string_view chunk) { stream.feed(chunk, sink); });
    if (count == 0 || shortest != 20) continue;
    report("the same, coloured text", coloured, total, [&](std::string_view chunk) { stream.feed(chunk, sink); });
  }
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  for (const int count : {0, 100}) {
    mask::MaskTable table;
    add_secrets(table, static_cast<std::size_t>(count), 20);
    output::ConsoleWriter writer(null);
    output::OutputPath path(table, {.kind = dialect::DialectKind::actions}, writer);
    report(count == 0 ? "whole path to /dev/null, no secrets" : "whole path to /dev/null, 100 secrets", text, total,
           [&](std::string_view chunk) { path.feed(chunk); });
    writer.flush();
  }
  latency();
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  std::printf("%-58s %6.1f MiB beside the text of %zu MiB\n", "memory",
              static_cast<double>(usage.ru_maxrss) / 1024 - static_cast<double>((text.size() + coloured.size()) >> 20),
              (text.size() + coloured.size()) >> 20);
  return 0;
}
