// What a child inherits, and what it must not; starts that fail.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "agent/base/system_limits.h"
#include "executors/process/launch.h"
#include "executors/process/process_diagnostics.h"
#include "executors/process/start_error.h"
#include "tests/executors/process/job_fixture.h"

namespace lifecycle::process {
namespace {

using run::EndReason;

class Child : public JobTest {
 protected:
  std::string output_of(const std::string& step) {
    const auto end = run(steps_task({step}));
    EXPECT_EQ(end.exit, 0) << sink.output_;
    return sink.output_;
  }
};

TEST_F(Child, HasOnlyTheStandardDescriptors) {
  const int leak = ::open("/dev/null", O_RDONLY);  // as a library without O_CLOEXEC does
  ASSERT_GE(::fcntl(leak, F_DUPFD, 700), 700);
  // `ls` itself opens the directory as 3; bash keeps its script (255) from programs.
  EXPECT_EQ(output_of("ls /proc/self/fd | tr '\\n' ' '"), "0 1 2 3 ");
  ::close(leak);
  ::close(700);
}

TEST_F(Child, AnArgvTaskHasOnlyThemToo) {
  run(argv_task({"ls", "/proc/self/fd"}));
  EXPECT_EQ(sink.output_, "0\n1\n2\n3\n");
}

TEST_F(Child, SignalsAreReset) {
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGHUP, SIG_IGN);
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &term, nullptr);
  EXPECT_EQ(output_of("grep -E 'Sig(Blk|Ign)' /proc/self/status | tr -d '\\t' | tr '\\n' ' '"),
            "SigBlk:0000000000000000 SigIgn:0000000000000000 ");
  sink.output_.clear();
  EXPECT_EQ(run(steps_task({"yes | head -n1"})).exit, 141);
  EXPECT_EQ(run(steps_task({"kill -TERM $$", "echo deaf"})).exit, 143);
  ::sigprocmask(SIG_UNBLOCK, &term, nullptr);
  ::signal(SIGHUP, SIG_DFL);
}

TEST_F(Child, LeadsAGroupAndWritesNoCore) {
  EXPECT_EQ(output_of("ps -o pid=,pgid= -p $$ | awk '{print ($1 == $2)}'; ulimit -S -c; ulimit -H -c").substr(0, 2),
            "1\n");
  EXPECT_EQ(sink.output_.find("unlimited"), std::string::npos);
}

TEST_F(Child, StdinIsEmpty) { EXPECT_EQ(output_of("cat; readlink /proc/self/fd/0"), "/dev/null\n"); }

TEST_F(Child, EnvironmentIsTheTasksAndTheMarker) {
  run::JobTask task = argv_task({"env"});
  task.env = {"A=1", "PATH=/usr/bin:/bin", "LIFECYCLE_AGENT_RUN=other"};
  run(task);
  EXPECT_EQ(sink.output_, "A=1\nPATH=/usr/bin:/bin\nLIFECYCLE_AGENT_RUN=" + marker + ".1\n");
}

TEST_F(Child, SignalsAreTold) {
  const auto end = run(argv_task({"bash", "-c", "kill -9 $$"}));
  EXPECT_EQ(end.reason, EndReason::exited);
  EXPECT_EQ(end.exit, 137);
  EXPECT_EQ(end.signal, SIGKILL);
  const auto nine = run(argv_task({"bash", "-c", "exit 9"}));
  EXPECT_EQ(nine.exit, 9);
  EXPECT_EQ(nine.signal, 0);
}

TEST_F(Child, KeptStdinIsTheAgentsOwn) {
  os::FileDescriptor saved(::fcntl(0, F_DUPFD_CLOEXEC, 10));
  os::FileDescriptor text(::memfd_create("answer", MFD_CLOEXEC));
  ASSERT_EQ(::write(text.get(), "yes\n", 4), 4);
  ::lseek(text.get(), 0, SEEK_SET);
  ::dup2(text.get(), 0);
  run::JobTask task = argv_task({"bash", "-c", "read -r answer; echo \"got $answer\""});
  task.keep_stdin = true;
  run(task);
  ::dup2(saved.get(), 0);
  EXPECT_EQ(sink.output_, "got yes\n");
}

TEST_F(Child, WorksWhenTheAgentsStandardDescriptorsAreClosed) {
  const boost::asio::signal_set primed(io, SIGUSR1);  // the context keeps the pipe that its first signal set opens
  os::FileDescriptor in(::fcntl(0, F_DUPFD_CLOEXEC, 10));
  os::FileDescriptor out(::fcntl(1, F_DUPFD_CLOEXEC, 10));
  ::close(0);
  ::close(1);
  const auto end = run(steps_task({"echo a", "echo b >&2", "cat"}));
  ::dup2(in.get(), 0);
  ::dup2(out.get(), 1);
  EXPECT_EQ(end.exit, 0);
  EXPECT_EQ(sink.output_, "a\nb\n");
}

/// A zombie that waits for its parent is not alive.
bool is_alive(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  const auto name_end = text.rfind(')');
  return name_end != std::string::npos && name_end + 2 < text.size() && text[name_end + 2] != 'Z';
}

TEST_F(Child, DiesWithTheAgent) {
  const std::string pid_file = directory.path() / "pid";
  const pid_t agent = ::fork();
  if (agent == 0) {
    boost::asio::io_context own{1};
    ProcessExecutor mine(own.get_executor(), options);
    run::StopSignal never(own.get_executor());
    RecordingSink ignored;
    run::JobTask task = steps_task({"echo $$ > " + pid_file, "while :; do sleep 0.01; done"});
    ignored.on_step = [](int group) {
      if (group == 1) ::kill(::getpid(), SIGKILL);
    };
    boost::asio::co_spawn(own, mine.run(task, ignored, never), boost::asio::detached);
    own.run();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(agent, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  pid_t shell = 0;
  if (const auto text = os::read_file(pid_file, 100)) shell = static_cast<pid_t>(std::stoi(*text));
  ASSERT_GT(shell, 0);
  // Whoever inherits the shell reaps it: this program where it is a subreaper already, else the init of the machine.
  for (int i = 0; i < 500 && is_alive(shell); ++i) {
    while (::waitpid(-1, &status, WNOHANG) > 0) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(is_alive(shell)) << "the shell outlived the agent";
  // Its last `sleep` is ours as well then, and no zombie for the tests that follow in this program.
  for (int i = 0; i < 500 && ::waitpid(-1, &status, WNOHANG) >= 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

class Start : public JobTest {
 protected:
  Diagnostic error_of(const run::JobTask& task) {
    const auto end = run(task);
    EXPECT_EQ(end.reason, EndReason::not_started);
    EXPECT_TRUE(end.error);
    expect_nothing_left();
    return end.error.value_or(Diagnostic{});
  }
};

TEST_F(Start, AMissingProgramNamesItAndThePath) {
  const Diagnostic error = error_of(argv_task({"no-such-program", "x"}));
  EXPECT_EQ(error.code, exec_failed.code);
  EXPECT_EQ(error.message, "program 'no-such-program' was not found in PATH");
  EXPECT_EQ(error.hint, "searched: /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
}

TEST_F(Start, AFileThatIsNoProgram) {
  const std::string path = directory.path() / "text";
  ASSERT_TRUE(os::write_file(path, "\x01\x02", 0755));
  EXPECT_EQ(error_of(argv_task({path})).message, "cannot execute '" + path + "': Exec format error");
  EXPECT_EQ(error_of(argv_task({directory.path() / "absent"})).code, exec_failed.code);
  ASSERT_TRUE(os::write_file(path, "#!/no/such/interpreter\n", 0755));
  EXPECT_EQ(error_of(argv_task({path})).hint, "the file or the interpreter in its first line is missing");
}

TEST_F(Start, AMissingWorkdir) {
  run::JobTask task = steps_task({"echo a"});
  task.workdir = directory.path() / "nowhere";
  const Diagnostic error = error_of(task);
  EXPECT_EQ(error.code, workdir_unusable.code);
  EXPECT_EQ(error.message, "cannot enter the working directory '" + task.workdir + "': No such file or directory");
}

TEST_F(Start, AVariableMayHaveAsMuchAsTheSystemTakes) {
  run::JobTask task = steps_task({"echo ${#BIG}"});
  task.env.push_back("BIG=" + std::string(longest_exec_string - 4, 'x'));
  EXPECT_EQ(run(task).exit, 0);
  EXPECT_EQ(sink.output_, "131067\n");
  task.env.back() += 'x';
  const Diagnostic error = error_of(task);
  EXPECT_EQ(error.code, environment_too_large.code);
  EXPECT_EQ(error.message, "variable 'BIG' has 131072 bytes with its name, the system takes at most 131071");
}

TEST_F(Start, AnEnvironmentTooLargeInAllNamesTheLargest) {
  run::JobTask task = argv_task({"true"});
  for (int i = 0; i < 80; ++i) task.env.push_back("V" + std::to_string(i) + "=" + std::string(100000, 'x'));
  task.env.push_back("LARGEST=" + std::string(120000, 's'));
  const Diagnostic error = error_of(task);
  EXPECT_EQ(error.code, environment_too_large.code);
  EXPECT_NE(error.hint.find("LARGEST (120008 bytes)"), std::string::npos) << error.hint;
  EXPECT_EQ(error.hint.find("sss"), std::string::npos) << "a value in a message";
}

TEST_F(Start, ALargeScriptIsNoArgument) {
  EXPECT_EQ(run(steps_task({": '" + std::string(300000, 'x') + "'", "echo ok"})).exit, 0);
  EXPECT_EQ(sink.output_, "ok\n");
}

TEST_F(Start, AJobsPathWithoutAShellStillHasOne) {
  run::JobTask task = steps_task({"echo ok"});
  task.env = {"PATH=/nowhere"};
  EXPECT_EQ(run(task).exit, 0);
  EXPECT_EQ(sink.output_, "ok\n");
}

TEST(FindProgram, FollowsThePath) {
  EXPECT_EQ(find_program("sh", "/nowhere:/bin:/usr/bin"), "/bin/sh");
  EXPECT_EQ(find_program("./x", "/bin"), "./x");
  EXPECT_EQ(find_program("", "/bin"), std::nullopt);
  EXPECT_EQ(find_program("passwd", "/etc"), std::nullopt);
  EXPECT_EQ(find_program("bin", "/usr"), std::nullopt);
}

TEST(Codes, AreListed) { EXPECT_EQ(process_diagnostic_codes().size(), 6U); }

}  // namespace
}  // namespace lifecycle::process
