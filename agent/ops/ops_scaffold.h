// A first ops.yml for a repository: commented, and free of anything that `check` would say.
#pragma once

#include <string>
#include <vector>

namespace lifecycle::ops {

/// What is known of the repository; all of it may be missing.
struct RepositoryFacts {
  std::string origin;              // github, gitlab …; empty: github is written, with a comment
  std::string repo;                // owner/name; empty: owner/repo is written, with a comment
  std::string default_branch;      // empty: main
  std::vector<std::string> files;  // names in the root of the checkout: package.json, go.mod, Dockerfile …
};

/// The text of the file. read_ops says nothing of it.
[[nodiscard]] std::string scaffold_ops(const RepositoryFacts& facts);

}  // namespace lifecycle::ops
