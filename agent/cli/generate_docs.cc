// A tool of the build: writes the reference pages and the generated parts of docs/*.md and README.md.
//   generate_docs ROOT           writes what differs, and names it
//   generate_docs ROOT --check   writes nothing; exits with 1 when something differs
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "agent/cli/reference_pages.h"
#include "agent/os/files.h"

namespace {

namespace fs = std::filesystem;
using lifecycle::cli::ReferencePage;

constexpr std::size_t page_limit = std::size_t{8} << 20;

int complain(const std::string& text) {
  std::fprintf(stderr, "generate_docs: %s\n", text.c_str());
  return 1;
}

std::vector<fs::path> written_pages(const fs::path& root) {
  std::vector<fs::path> pages = {root / "README.md"};
  for (const auto& entry : fs::directory_iterator(root / "docs")) {
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  }
  return pages;
}

/// 1 when the file is not what it should be and may not be written.
int bring_up_to_date(const fs::path& path, const std::string& text, bool check) {
  const auto present = lifecycle::os::read_file(path, page_limit);
  if (present && *present == text) return 0;
  if (check) return complain(path.string() + " is stale: run './dev docs'");
  if (const auto written = lifecycle::os::write_file(path, text); !written) return complain(written.error().message);
  std::printf("wrote %s\n", path.c_str());
  return 0;
}

int fill(const fs::path& path, bool check) {
  const auto page = lifecycle::os::read_file(path, page_limit);
  if (!page) return complain(page.error().message);
  const auto filled = lifecycle::cli::fill_generated(*page, lifecycle::cli::generated_parts());
  if (!filled) return complain(path.string() + ": " + filled.error());
  return bring_up_to_date(path, *filled, check);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return complain("usage: generate_docs ROOT [--check]");
  const fs::path root = argv[1];
  const bool check = argc > 2 && std::string(argv[2]) == "--check";
  int stale = 0;
  for (const ReferencePage& page : lifecycle::cli::reference_pages()) {
    stale |= bring_up_to_date(root / page.path, page.text, check);
  }
  for (const fs::path& path : written_pages(root)) stale |= fill(path, check);
  return stale;
}
