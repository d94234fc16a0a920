// The figures that the program must reach: ratios in one run, each printed as `name value limit verdict`, with a
// probe and a peer beside it. Rounds are interleaved (probe, peer, ours, probe …) so that a machine whose speed
// drifts does not decide; medians are compared.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/child.h"

namespace {

namespace fs = std::filesystem;
using bench::Child;
using bench::Figures;
using bench::measure;
using bench::median;

const std::string program = LA_BUILD_DIR "/lifecycle-agent";

int missed = 0;

void row(const char* name, double value, const char* unit, double limit, bool more_is_better) {
  const bool reached = more_is_better ? value >= limit : value <= limit;
  if (!reached) ++missed;
  std::printf("%-46s %10.2f %-5s limit %s%10.2f %-5s %s\n", name, value, unit, more_is_better ? ">=" : "<=", limit,
              unit, reached ? "ok" : "MISSED");
}

void beside(const char* name, double value, const char* unit) { std::printf("%-46s %10.2f %s\n", name, value, unit); }

std::string find_program(const char* name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/usr/bin:/bin";
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    const fs::path candidate = fs::path(rest.substr(0, colon)) / name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate.string();
    rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
  }
  return {};
}

/// What a step of a GitHub workflow sees on a push, in a directory of its own.
struct Job {
  fs::path directory;
  std::vector<std::string> env;

  explicit Job(const char* name)
      : directory(fs::temp_directory_path() / ("la-bench-" + std::to_string(::getpid()) + name)) {
    fs::create_directories(directory);
    write("event.json", push_payload());
    const std::string at = directory.string();
    const char* path = std::getenv("PATH");
    env = {"PATH=" + std::string(path != nullptr ? path : "/usr/bin:/bin"),
           "HOME=" + at,
           "CI=true",
           "GITHUB_ACTIONS=true",
           "GITHUB_EVENT_NAME=push",
           "GITHUB_EVENT_PATH=" + at + "/event.json",
           "GITHUB_REPOSITORY=acme/app",
           "GITHUB_SERVER_URL=https://github.com",
           "GITHUB_REF=refs/heads/main",
           "GITHUB_REF_NAME=main",
           "GITHUB_SHA=3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345",
           "GITHUB_ACTOR=dana",
           "GITHUB_RUN_ID=42",
           "GITHUB_RUN_ATTEMPT=1",
           "GITHUB_JOB=bench",
           "GITHUB_WORKSPACE=" + at,
           "LANG=C.UTF-8"};
  }
  ~Job() {
    std::error_code ignored;
    fs::remove_all(directory, ignored);
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  void write(const char* name, const std::string& text) const { std::ofstream(directory / name) << text; }

  [[nodiscard]] Child agent(std::vector<std::string> arguments) const {
    Child child{.argv = {program}, .env = env, .directory = directory.string(), .reader = {}};
    child.errors = (directory / "stderr").string();
    for (auto& argument : arguments) child.argv.push_back(std::move(argument));
    return child;
  }
  [[nodiscard]] Child other(std::vector<std::string> argv) const {
    return {.argv = std::move(argv), .env = env, .directory = directory.string(), .reader = {}};
  }

 private:
  /// A push of about 7 KB, as large as a usual one.
  static std::string push_payload() {
    std::string commits;
    for (int i = 0; i < 12; ++i) {
      commits += std::string(i == 0 ? "" : ",") + R"({"id":"3f2a9c1b5d7e8f60718293a4b5c6d7e8f90123)" +
                 std::to_string(10 + i) + R"(","message":"change number )" + std::to_string(i) +
                 R"( of the greeting, as it was agreed on last week","timestamp":"2026-11-20T10:15:00Z",)"
                 R"("url":"https://github.com/acme/app/commit/3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345",)"
                 R"("author":{"name":"Dana","email":"dana@example.com","username":"dana"},)"
                 R"("committer":{"name":"Dana","email":"dana@example.com","username":"dana"},)"
                 R"("added":["src/greet.cc"],"removed":[],"modified":["README.md","src/main.cc"]})";
    }
    return R"({"ref":"refs/heads/main","before":"0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",)"
           R"("after":"3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345","created":false,"deleted":false,"forced":false,)"
           R"("repository":{"id":700100200,"name":"app","full_name":"acme/app","default_branch":"main"},)"
           R"("pusher":{"name":"dana"},"sender":{"login":"dana"},"commits":[)" +
           commits +
           R"(],"head_commit":{"id":"3f2a9c1b5d7e8f60718293a4b5c6d7e8f9012345","timestamp":"2026-11-20T10:15:00Z"}})";
  }
};

std::string pipelines_of_many(int count) {
  std::string text = "version: \"1\"\npipelines:\n";
  for (int i = 0; i < count; ++i) {
    const std::string n = std::to_string(i);
    text +=
        "  - name: pipeline-" + n + ":1.0.0\n    description: number " + n +
        "\n    events:\n      - \"github:acme/app" + (i == 7 ? "" : n) +
        ":push:ref==main\"\n    jobs:\n      - name: build\n        description: build it\n        packages: [git]\n"
        "        steps:\n          - echo " +
        n + "\n";
  }
  return text;
}

void require_success(const Job& job, const Figures& figures, const char* what) {
  if (figures.status == 0) return;
  std::cerr << "bench: " << what << " ended with " << figures.status << "\n"
            << std::ifstream(job.directory / "stderr").rdbuf();
  std::exit(1);
}

void bench_plan() {
  const Job job("plan");
  job.write("ops.yml", pipelines_of_many(100));
  const std::string node = find_program("node");
  std::vector<double> probe, ours, peer;
  for (int round = 0; round < 60; ++round) {
    probe.push_back(measure(job.other({"/bin/true"})).wall_ms);
    const Figures plan = measure(job.agent({"plan"}));
    require_success(job, plan, "plan");
    ours.push_back(plan.wall_ms);
    if (!node.empty() && round % 6 == 0) peer.push_back(measure(job.other({node, "-e", "0"})).wall_ms);
  }
  const double base = median(probe);
  row("plan, 100 workflows, 7 KB payload", median(ours), "ms", 3 * base + 5, false);
  beside("  /bin/true", base, "ms");
  if (!peer.empty()) beside("  node -e 0", median(peer), "ms");
}

void bench_steps() {
  const Job job("steps");
  std::string yaml =
      "version: \"1\"\npipelines:\n  - name: steps:1.0.0\n    description: many\n    events: "
      "[\"github:acme/app:push\"]\n    jobs:\n      - name: steps\n        description: many\n        steps:\n";
  std::string script = "#!/bin/bash\nset -euo pipefail\nIFS=$'\\n\\t'\n";
  std::string shells;
  for (int i = 0; i < 1000; ++i) {
    const std::string step = "echo " + std::to_string(i);
    yaml += "          - " + step + "\n";
    script += step + "\n";
    shells += "bash -c '" + step + "'\n";
  }
  job.write("ops.yml", yaml);
  job.write("main.sh", script);
  job.write("shells.sh", shells);
  const std::string bash = find_program("bash");
  std::vector<double> base, ours, peer;
  for (int round = 0; round < 15; ++round) {
    base.push_back(measure(job.other({bash, "main.sh"})).wall_ms);
    const Figures run = measure(job.agent({"run"}));
    require_success(job, run, "run of 1000 steps");
    ours.push_back(run.wall_ms);
    if (round % 5 == 0) peer.push_back(measure(job.other({bash, "shells.sh"})).wall_ms);
  }
  row("1000 steps `echo N`, whole run", median(ours), "ms", 1.5 * median(base) + 40, false);
  beside("  bash on the joined script", median(base), "ms");
  beside("  a shell for each step", median(peer), "ms");
}

constexpr int stream_copies = 16;  // of 64 MiB

void write_log_like(const fs::path& path) {
  std::ofstream file(path, std::ios::binary);
  std::string block;
  unsigned seed = 1;
  while (block.size() < (std::size_t{1} << 20)) {
    seed = seed * 1664525U + 1013904223U;
    char line[160];
    std::snprintf(line, sizeof line,
                  "2026-11-20T10:15:%02u.%03uZ info  compiling src/part_%u.cc -> obj/%08x.o (%u ms) ok\n", seed % 60,
                  seed % 1000, seed % 977, seed, seed % 5000);
    block += line;
  }
  block.resize(std::size_t{1} << 20);
  for (int i = 0; i < 64; ++i) file << block;
}

void bench_stream() {
  const Job job("stream");
  write_log_like(job.directory / "log.txt");
  const std::string file = (job.directory / "log.txt").string();
  const std::string step = "for i in {1.." + std::to_string(stream_copies) + "}; do cat " + file + "; done";
  job.write("ops.yml",
            "version: \"1\"\npipelines:\n  - name: stream:1.0.0\n    description: much\n    events: "
            "[\"github:acme/app:push\"]\n    jobs:\n      - name: stream\n        description: much\n        "
            "steps:\n          - " +
                step + "\n");
  job.write("main.sh", "#!/bin/bash\nset -euo pipefail\n" + step + "\n");
  const std::string bash = find_program("bash");
  std::vector<double> base, ours, peer;
  long peak = 0;
  const double mib = 64.0 * stream_copies;
  for (int round = 0; round < 5; ++round) {
    Child plain = job.other({bash, "main.sh"});
    plain.output = (job.directory / "out").string();
    base.push_back(measure(plain).wall_ms);
    Child cats = job.other({bash, "-c", "bash main.sh | cat | cat"});
    cats.output = plain.output;
    peer.push_back(measure(cats).wall_ms);
    Child run = job.agent({"run"});
    run.output = plain.output;
    const Figures figures = measure(run);
    require_success(job, figures, "run that streams 1 GiB");
    if (fs::file_size(plain.output) < static_cast<std::uintmax_t>(mib) << 20) {
      std::fprintf(stderr, "bench: the output is too short\n");
      std::exit(1);
    }
    ours.push_back(figures.wall_ms);
    peak = std::max(peak, figures.peak_kib);
  }
  const auto speed = [&](const std::vector<double>& times) { return mib * 1.048576 / (median(times) / 1000); };
  row("1 GiB of step output to a file", speed(ours), "MB/s", std::min(700.0, speed(base) / 2), true);
  beside("  bash script > file", speed(base), "MB/s");
  beside("  bash script | cat | cat > file", speed(peer), "MB/s");
  row("memory while 1 GiB streams", static_cast<double>(peak) / 1024, "MiB", 30, false);

  Child slow = job.agent({"run"});
  slow.reader = [](int fd) {  // 64 KiB every 10 ms for two seconds, then as fast as it goes
    std::array<char, 65536> buffer;
    for (int i = 0; i < 200; ++i) {
      if (::read(fd, buffer.data(), buffer.size()) <= 0) return;
      ::usleep(10'000);
    }
  };
  const Figures figures = measure(slow);
  require_success(job, figures, "run with a slow reader");
  row("memory with a slow reader", static_cast<double>(figures.peak_kib) / 1024, "MiB", 30, false);
}

double now_us() {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void bench_latency(const char* self) {
  const Job job("latency");
  job.write("ops.yml",
            "version: \"1\"\npipelines:\n  - name: live:1.0.0\n    description: live\n    events: "
            "[\"github:acme/app:push\"]\n    jobs:\n      - name: live\n        description: live\n        "
            "steps:\n          - " +
                std::string(self) + " --emit\n");
  std::vector<double> delays;
  Child run = job.agent({"run"});
  run.reader = [&](int fd) {
    std::string text;
    std::array<char, 4096> buffer;
    for (;;) {
      const ssize_t count = ::read(fd, buffer.data(), buffer.size());
      if (count <= 0) return;
      const double read_at = now_us();
      text.append(buffer.data(), static_cast<std::size_t>(count));
      for (auto end = text.find(';'); end != std::string::npos; end = text.find(';')) {
        const auto start = text.rfind('@', end);
        if (start != std::string::npos) delays.push_back(read_at - std::strtod(text.c_str() + start + 1, nullptr));
        text.erase(0, end + 1);
      }
    }
  };
  require_success(job, measure(run), "run that prints live");
  if (delays.size() < 100) {
    std::fprintf(stderr, "bench: only %zu stamps came through\n", delays.size());
    std::exit(1);
  }
  row("byte written by the step -> on our stdout", median(delays) / 1000, "ms", 2, false);
}

/// The step of bench_latency: stamps without a newline, each in a write of its own.
int emit() {
  for (int i = 0; i < 200; ++i) {
    char stamp[64];
    const int length = std::snprintf(stamp, sizeof stamp, "@%.1f;", now_us());
    if (::write(1, stamp, static_cast<std::size_t>(length)) != length) return 1;
    ::usleep(3000);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "--emit") == 0) return emit();
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  const std::string_view filter = argc > 1 ? argv[1] : "";
  const auto wanted = [&](std::string_view name) {
    return filter.empty() || name.find(filter) != std::string_view::npos;
  };
  if (wanted("plan")) bench_plan();
  if (wanted("steps")) bench_steps();
  if (wanted("latency")) bench_latency(fs::canonical("/proc/self/exe").c_str());
  if (wanted("stream")) bench_stream();
  std::printf("%d missed\n", missed);
  return missed == 0 ? 0 : 1;
}
