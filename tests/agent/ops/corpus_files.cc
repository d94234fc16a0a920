#include "tests/agent/ops/corpus_files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace lifecycle::ops {

std::filesystem::path corpus_folder() {
  const char* named = std::getenv("LIFECYCLE_CORPUS");
  return named != nullptr ? std::filesystem::path(named) : std::filesystem::path(LA_SOURCE_DIR) / "../shared/corpus";
}

std::vector<std::filesystem::path> corpus_files(std::string_view folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(corpus_folder() / folder, error)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace lifecycle::ops
