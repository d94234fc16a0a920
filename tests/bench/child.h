// A child process as the benchmarks need it: started with files for its streams, waited for with its figures.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace bench {

struct Figures {
  double wall_ms = 0;
  long peak_kib = 0;  // of the child itself, not of what it started
  int status = 0;     // exit status; 128+n for a signal
};

struct Child {
  std::vector<std::string> argv;
  std::vector<std::string> env;      // NAME=value; complete
  std::string directory;             // empty: ours
  std::string output = "/dev/null";  // file for stdout
  std::string errors = "/dev/null";  // file for stderr
  /// Reads stdout instead of a file; runs in the caller's thread until it returns, then the rest is discarded.
  std::function<void(int fd)> reader;
};

/// Runs the child to its end. Ends the program with a message when it cannot be started.
Figures measure(const Child& child);

double median(std::vector<double> values);

}  // namespace bench
