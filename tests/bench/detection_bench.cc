// What detection and mapping cost inside the program: from the variables (and payload files) of every case to the
// event. Each case is read once in a process of its own, as in a job, where nothing is warm; and many times in one.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/ci/ci_table.h"
#include "adapters/ci/read_event.h"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr double limit_ms = 1;

struct Case {
  std::string ci;  // the folder
  std::string name;
  lifecycle::Environment environment;
};

std::string with_folder(std::string text, const std::string& folder) {
  constexpr std::string_view mark = "${DIR}";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), folder);
  }
  return text;
}

Case load_case(const fs::path& path, const fs::path& folder) {
  const json document = json::parse(std::ifstream(path));
  fs::create_directories(folder);
  for (const auto& [name, content] : document["files"].items()) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name) << (content.is_string() ? content.get<std::string>() : content.dump());
  }
  Case one{.ci = path.parent_path().filename().string(), .name = path.stem().string(), .environment = {}};
  for (const auto& [name, value] : document["env"].items()) {
    one.environment.set(name, with_folder(value.get<std::string>(), folder.string()));
  }
  return one;
}

std::vector<Case> load_cases(const fs::path& scratch) {
  std::vector<Case> cases;
  for (const auto* row : lifecycle::ci::ci_rows()) {
    const fs::path folder = fs::path(LA_SOURCE_DIR) / "tests/cases" / row->name;
    for (const auto& entry : fs::directory_iterator(folder)) {
      cases.push_back(load_case(entry.path(), scratch / row->name / entry.path().stem()));
    }
  }
  return cases;
}

double read_once_ms(const Case& one) {
  const auto start = std::chrono::steady_clock::now();
  const auto detected = lifecycle::ci::read_event(one.environment, {}, nullptr);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  return detected ? took.count() : took.count() + 1e-9;
}

/// In a program that has read nothing before: this one, started anew for the case.
double read_cold_ms(const Case& one, const std::string& self, const std::string& scratch) {
  std::string command = self + " --once " + scratch + " " + one.ci + " " + one.name;
  std::FILE* answer = ::popen(command.c_str(), "r");
  double took = 0;
  const bool whole = answer != nullptr && std::fscanf(answer, "%lf", &took) == 1;
  if (answer == nullptr || ::pclose(answer) != 0 || !whole) {
    std::fprintf(stderr, "bench: reading %s/%s failed\n", one.ci.c_str(), one.name.c_str());
    std::exit(1);
  }
  return took;
}

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void row(const char* name, const std::string& at, double value) {
  std::printf("%-46s %10.3f ms    limit <= %9.2f ms    %s  (%s)\n", name, value, limit_ms,
              value <= limit_ms ? "ok" : "MISSED", at.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5 && std::string_view(argv[1]) == "--once") {
    const fs::path path = fs::path(LA_SOURCE_DIR) / "tests/cases" / argv[3] / (std::string(argv[4]) + ".json");
    std::printf("%f\n", read_once_ms(load_case(path, fs::path(argv[2]) / argv[3] / argv[4])));
    return 0;
  }
  std::string scratch = (fs::temp_directory_path() / "la-bench-ci-XXXXXX").string();
  if (::mkdtemp(scratch.data()) == nullptr) return 1;
  const std::vector<Case> cases = load_cases(scratch);
  double cold = 0;
  double warm = 0;
  std::string cold_at;
  std::string warm_at;
  std::vector<double> all_cold;
  for (const Case& one : cases) {
    std::vector<double> colds;
    std::vector<double> warms;
    for (int round = 0; round < 5; ++round)
      colds.push_back(read_cold_ms(one, fs::canonical("/proc/self/exe").string(), scratch));
    for (int round = 0; round < 25; ++round) warms.push_back(read_once_ms(one));
    all_cold.push_back(median_of(colds));
    if (median_of(colds) > cold) cold_at = one.ci + "/" + one.name;
    if (median_of(warms) > warm) warm_at = one.ci + "/" + one.name;
    cold = std::max(cold, median_of(colds));
    warm = std::max(warm, median_of(warms));
  }
  fs::remove_all(scratch);
  row("detection and mapping, in a new process", cold_at, cold);
  row("detection and mapping, warm", warm_at, warm);
  std::printf("%-46s %10.3f ms\n", "  in a new process, median of all cases", median_of(all_cold));
  return cold <= limit_ms ? 0 : 1;
}
