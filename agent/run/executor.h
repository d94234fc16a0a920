// What a run needs of an executor: carry out one job or service, end its whole tree, say how it ended.
// Order of calls: run() once per task; the sink hears started, then bytes and steps, then run() returns.
// Everything happens on the run's one io thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/base/diagnostic.h"
#include "agent/base/time.h"
#include "agent/run/stop_signal.h"

namespace lifecycle::run {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Steps that form one command of the shell (first and last: 0-based, inclusive).
struct StepGroup {
  int first = 0;
  int last = 0;
};

/// A process that outlived its job's main process and was ended, or that would not die.
struct Leftover {
  int pid = 0;
  std::string name;
};

enum class EndReason { exited, cancelled, timed_out, not_started };

struct JobEnd {
  EndReason reason = EndReason::exited;
  int exit = 0;                     // of the main process; 128+n for a signal
  int signal = 0;                   // the signal that ended it; 0: none
  int last_group = -1;              // index of the last group that was taken; -1: none, or step times unknown
  std::vector<Leftover> leftovers;  // ended after the main process
  std::vector<Leftover> survivors;  // would not die (D state)
  std::optional<Diagnostic> error;  // why it could not start
};

/// One job for an executor. Values only; the task is copied.
struct JobTask {
  std::string name;
  /// A pipeline job: the steps of one bash script, fed step by step. Empty for argv tasks.
  std::vector<std::string> steps;
  std::string script;             // whole text as bash reads it (header and steps)
  std::vector<std::string> argv;  // command, service, legacy step: what to exec
  std::vector<std::string> env;   // NAME=value, complete
  std::string workdir;            // absolute, exists
  std::string ops_directory;      // what /ops shall be; empty: leave /ops alone
  bool keep_stdin = false;        // a command that asks: the agent's own stdin, else /dev/null
  std::optional<milliseconds> timeout;
  milliseconds linger{2000};
  milliseconds grace_int{4000};
  milliseconds grace_term{4000};
};

/// What the run hears of a job while it runs.
class JobSink {
 public:
  virtual ~JobSink() = default;
  /// The main process runs. `groups` cover all steps; times_known is false where the script is a plain file.
  virtual void started(const std::vector<StepGroup>& groups, bool times_known) = 0;
  /// Bytes of stdout and stderr in the order of writing. After each call the executor awaits room().
  virtual void bytes(std::string_view chunk) = 0;
  /// True: go on reading. False: await room() first.
  [[nodiscard]] virtual bool has_room() const = 0;
  virtual asio::awaitable<void> room() = 0;
  /// Nothing came for 20 ms while something was held back.
  virtual void pause() = 0;
  [[nodiscard]] virtual bool holds() const = 0;
  /// The shell asked for more: all groups before `group` have ended and their output was handed over.
  virtual void step_started(int group) = 0;
  /// Something to say beside the job's output: `/ops` could not be made, package missing …
  virtual void note(const Diagnostic& diagnostic) = 0;
};

class Executor {
 public:
  virtual ~Executor() = default;
  /// Runs the task to the end of its tree. Stops by the ladder when `stop` is raised or the timeout passes.
  /// Never throws for what a task does; JobEnd::error says why it could not start.
  virtual asio::awaitable<JobEnd> run(JobTask task, JobSink& sink, StopSignal& stop) = 0;
  /// Processes of this run that are alive now, whatever they did to hide (for the summary's count).
  [[nodiscard]] virtual std::vector<Leftover> alive() const = 0;
};

}  // namespace lifecycle::run
