// The built program as a user runs it: files, arguments, environment → stdout, stderr, status, files left behind.
// Each in a fresh directory with an environment that holds PATH and what the test gives, nothing else.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::cli_test {

struct Outcome {
  std::string out;
  std::string err;
  int status = -1;  // of an exit; -1: a signal ended it
  int signal = 0;
  std::chrono::milliseconds took{};
};

class Program {
 public:
  Program();
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  Program& args(std::vector<std::string> words);
  Program& env(const std::string& name, const std::string& value);
  Program& file(const std::string& path, std::string_view text);
  Program& input(std::string text);
  /// Where stdout goes instead of a pipe: /dev/full.
  Program& out_to(std::string path);
  /// Sends the signal as soon as stdout holds the text.
  Program& signal_at(std::string text, int number);

  /// Reads no more of stdout, as `| head` does, as soon as it holds the text.
  Program& close_reader_at(std::string text);

  /// Nobody reads stdout; the signal (0: none) is sent as soon as the file is there.
  Program& stall_and_signal_at_file(std::string path, int number);
  /// Nobody reads stderr either: both are one pipe, as in a CI.
  Program& stderr_too();
  /// The signal is sent after so long.
  Program& signal_after(std::chrono::milliseconds delay, int number);

  /// Runs it, for at most a minute; may be called again with other arguments.
  [[nodiscard]] Outcome run();

  [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
  /// The text of a file in the directory; nothing when it is not there.
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const;
  /// Paths of all files in the directory, sorted.
  [[nodiscard]] std::vector<std::string> files() const;

 private:
  std::filesystem::path directory_;
  std::vector<std::string> args_;
  std::map<std::string, std::string> env_;
  std::string input_;
  std::string out_path_;
  std::string last_text_;
  std::string signal_text_;
  std::string signal_file_;
  std::chrono::milliseconds signal_delay_{-1};
  bool one_pipe_ = false;
  int signal_ = 0;
};

/// A push to main of acme/app, as GitHub Actions tells it to a step whose workspace is the program's directory.
void as_github_push(Program& program);
/// Pull request 7 of acme/app, merged into main.
void as_github_merge(Program& program);

/// Times, durations, ids and the directory's path as <time>, <duration>, <id>, <dir>.
[[nodiscard]] std::string normalised(std::string text, const Program& program);

/// Compares with tests/golden/cli/NAME. With LA_UPDATE_GOLDEN=1 the file is written anew, and the test fails so that
/// the change is read.
void expect_golden(const std::string& name, const std::string& text);

}  // namespace lifecycle::cli_test
