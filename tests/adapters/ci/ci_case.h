// One file of tests/cases/<ci>/: an environment, files, a checkout, and what an adapter must say of them.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/ci/read_event.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::ci {

struct CiCase {
  std::string name;  // github-actions/push-tag
  nlohmann::json json;
};

/// A case that is not read yet: a test program starts hundreds of times and looks at one of them.
struct CiCaseFile {
  std::string name;
  std::filesystem::path path;
};

/// Every case of the folders, by name.
[[nodiscard]] std::vector<CiCaseFile> find_cases(const std::vector<std::string>& folders);
[[nodiscard]] CiCase load_case(const CiCaseFile& file);
[[nodiscard]] std::vector<CiCase> load_cases(const std::vector<std::string>& folders);

/// Lays files and checkout into `folder`, reads the event. The checkout's HEAD is whatever git made: `commit` is it.
struct CaseRun {
  Result<Detected> detected;
  std::string commit;  // of the checkout; empty: none was made
};
[[nodiscard]] CaseRun run_case(const CiCase& ci_case, const std::filesystem::path& folder);

/// What of `expect` does not hold: a value must be equal, null must be absent, a key left out is not asserted.
[[nodiscard]] std::vector<std::string> differences(const CiCase& ci_case, const CaseRun& run);

/// A directory of the test's own, removed afterwards.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs git in `folder` and gives its output; fails the test when git does.
std::string must_git(const std::filesystem::path& folder, const std::vector<std::string>& arguments);

}  // namespace lifecycle::ci
