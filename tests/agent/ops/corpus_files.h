// Where the corpus of real files is, and how a test reads a file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::ops {

/// LIFECYCLE_CORPUS, else ../shared/corpus beside the sources.
[[nodiscard]] std::filesystem::path corpus_folder();
/// The files of `ops` or `not-ops`, sorted; none where there is no corpus.
[[nodiscard]] std::vector<std::filesystem::path> corpus_files(std::string_view folder);
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

}  // namespace lifecycle::ops
