#include "agent/plan/run_tail.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "agent/os/files.h"
#include "agent/plan/job_command.h"

namespace lifecycle::plan {
namespace {

struct TailCase {
  std::string_view run;
  RunTail tail;
};
class Tail : public testing::TestWithParam<TailCase> {};

TEST_P(Tail, FollowsTheTable) { EXPECT_EQ(find_run_tail(GetParam().run), GetParam().tail) << GetParam().run; }

/// What is called simple parses with `"$@"` behind it, what is called compound does not.
TEST_P(Tail, BashAgrees) {
  const auto directory = os::TemporaryDirectory::create("/tmp", "run-tail-");
  ASSERT_TRUE(directory);
  const auto script = directory->path() / "script";
  const auto parses = [&](const std::string& text) {
    EXPECT_TRUE(os::write_file(script, text));
    const int status = std::system(("bash -n '" + script.string() + "' 2>/dev/null").c_str());
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  };
  const std::string run(GetParam().run);
  if (GetParam().tail != RunTail::simple && GetParam().tail != RunTail::compound) return;
  EXPECT_EQ(parses(run + " \"$@\"\n"), GetParam().tail == RunTail::simple) << run;
}

INSTANTIATE_TEST_SUITE_P(
    Runs, Tail,
    testing::Values(
        TailCase{"npm start", RunTail::simple}, TailCase{"node /ops/index.js", RunTail::simple},
        TailCase{"bash -c \"env\" && echo \"I'm releasing the image\"", RunTail::simple},
        TailCase{"a && b || c", RunTail::simple}, TailCase{"cd x; make", RunTail::simple},
        TailCase{"a | b", RunTail::simple}, TailCase{"echo hi # said twice\necho ho", RunTail::simple},
        TailCase{"echo a#b", RunTail::simple}, TailCase{"echo '# no comment'", RunTail::simple},
        TailCase{"echo \"a # b\"", RunTail::simple}, TailCase{"echo $#", RunTail::simple},
        TailCase{"echo ${#x}", RunTail::simple}, TailCase{"echo ${x:-}}", RunTail::simple},
        TailCase{"echo \\;", RunTail::simple}, TailCase{"echo ';'", RunTail::simple},
        TailCase{"echo a\\\nb", RunTail::simple}, TailCase{"echo done", RunTail::simple},
        TailCase{"echo fi }", RunTail::simple}, TailCase{"echo $(date)", RunTail::simple},
        TailCase{"echo $((1 + 2))", RunTail::simple}, TailCase{"echo `date`", RunTail::simple},
        TailCase{"x=(1 2) cmd", RunTail::simple}, TailCase{"diff <(a) <(b)", RunTail::simple},
        TailCase{"a > out 2>&1", RunTail::simple}, TailCase{"a &> out", RunTail::simple},
        TailCase{"cat <<<word", RunTail::simple}, TailCase{"if a; then b; fi; c", RunTail::simple},
        TailCase{"(a; b) && c", RunTail::simple}, TailCase{"[ a = b ]", RunTail::simple},
        TailCase{"cat <<EOF\nx\nEOF\necho x", RunTail::simple}, TailCase{"! a", RunTail::simple},
        TailCase{"time a", RunTail::simple}, TailCase{"echo $'it\\'s ; #'", RunTail::simple},
        TailCase{"echo \"$(echo \"a ; b\") # c\"", RunTail::simple}, TailCase{"echo [[ a ]]", RunTail::simple},
        TailCase{"echo if", RunTail::simple}, TailCase{"for i in 1 2; do a; done | sort", RunTail::simple},
        TailCase{"a\n", RunTail::newline}, TailCase{"a\n\n  \n", RunTail::newline},
        TailCase{"a;\n", RunTail::semicolon}, TailCase{"a &\n", RunTail::background},
        TailCase{"a # c\n", RunTail::newline}, TailCase{"a;", RunTail::semicolon}, TailCase{"a ; ", RunTail::semicolon},
        TailCase{"a &", RunTail::background}, TailCase{"a&  ", RunTail::background},
        TailCase{"a # comment", RunTail::comment}, TailCase{"a\n# comment", RunTail::comment},
        TailCase{"cat <<EOF\nx\nEOF", RunTail::here_document},
        TailCase{"cat <<-'E F'\nx\n\tE F", RunTail::here_document}, TailCase{"cat <<EOF\nx\nEOF\n", RunTail::newline},
        TailCase{"a \\", RunTail::backslash}, TailCase{"(a)", RunTail::compound},
        TailCase{"(a; b) > out", RunTail::compound}, TailCase{"{ a; }", RunTail::compound},
        TailCase{"if a; then b; fi", RunTail::compound}, TailCase{"for i in 1 2; do echo $i; done", RunTail::compound},
        TailCase{"for i in 1 2\ndo echo $i\ndone", RunTail::compound},
        TailCase{"while a; do b; done < in", RunTail::compound}, TailCase{"[[ a == b ]]", RunTail::compound},
        TailCase{"case x in a) b;; esac", RunTail::compound}, TailCase{"x && (cd y && z)", RunTail::compound},
        TailCase{"((1 + 2))", RunTail::compound}, TailCase{"f() { a; }", RunTail::compound},
        TailCase{"if a; then\n  b\nelse\n  c\nfi", RunTail::compound}),
    [](const auto& row) { return "Row" + std::to_string(row.index); });

ops::Workflow command(std::string_view run) {
  ops::Workflow workflow;
  workflow.name = "greet";
  workflow.run.text = run;
  return workflow;
}

TEST(CommandArgv, AppendsArgumentsInTheSameShell) {
  EXPECT_EQ(*command_argv(command("npm start"), {}),
            (std::vector<std::string>{"bash", "-c", "npm start \"$@\"", "greet"}));
  EXPECT_EQ(*command_argv(command("npm start"), {"a b", "--c"}),
            (std::vector<std::string>{"bash", "-c", "npm start \"$@\"", "greet", "a b", "--c"}));
}

TEST(CommandArgv, LeavesWhatNothingCanFollowAsItStands) {
  EXPECT_EQ(command_argv(command("false\n"), {})->at(2), "false\n");
  EXPECT_EQ(command_argv(command("(a)"), {})->at(2), "(a)");
  for (const std::string_view run : {"a\n", "a;", "a &", "a # c", "(a)", "cat <<E\nE"}) {
    const auto argv = command_argv(command(run), {"x"});
    ASSERT_FALSE(argv) << run;
    EXPECT_EQ(argv.error().code, "run-takes-no-arguments");
  }
}

TEST(JobScript, TheFirstStepStandsOnLineFour) {
  EXPECT_EQ(job_script({"echo one", "", "if true", "then echo two\nfi"}),
            "#!/bin/bash\nset -euo pipefail\nIFS=$'\\n\\t'\necho one\n\nif true\nthen echo two\nfi");
}

}  // namespace
}  // namespace lifecycle::plan
