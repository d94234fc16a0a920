#include "executors/process/proc_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "agent/os/files.h"
#include "executors/process/cgroup.h"

namespace lifecycle::process {
namespace {

TEST(ParseStat, NameMayHoldParenthesesAndBlanks) {
  const auto info = parse_stat(
      "42 (a) b (c) S 7 42 41 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 123456 4096 1 18446744073709551615 1 1 0");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->pid, 42);
  EXPECT_EQ(info->name, "a) b (c");
  EXPECT_EQ(info->state, 'S');
  EXPECT_EQ(info->parent, 7);
  EXPECT_EQ(info->group, 42);
  EXPECT_EQ(info->session, 41);
  EXPECT_EQ(info->start, 123456U);
}

TEST(ParseStat, RefusesOtherText) {
  for (const char* text : {"", "42", "42 (a", "42 (a)", "42 (a) S", "x (a) S 1 2", "42 )a( S 1 2 3"}) {
    EXPECT_FALSE(parse_stat(text)) << text;
  }
}

TEST(ReadProcess, KnowsThisOne) {
  const auto info = read_process(::getpid());
  ASSERT_TRUE(info);
  EXPECT_EQ(info->parent, ::getppid());
  EXPECT_EQ(info->group, ::getpgrp());
  EXPECT_EQ(info->session, ::getsid(0));
  EXPECT_FALSE(read_process(0x3fffffff));
}

TEST(ParsePids, TakesNumbersAndNothingElse) {
  EXPECT_EQ(parse_pids("1 22\n333 "), (std::vector<pid_t>{1, 22, 333}));
  EXPECT_EQ(parse_pids(" x 5\n\n"), (std::vector<pid_t>{5}));
  EXPECT_TRUE(parse_pids("").empty());
}

TEST(StaleCgroups, OfTheDeadAreRemovedAndOthersStay) {
  const auto place = os::TemporaryDirectory::create(std::filesystem::temp_directory_path(), "lc-process-test");
  ASSERT_TRUE(place);
  const std::string parent = place->path();
  const std::string living = parent + "/" + cgroup_name(::getpid(), 1);
  const std::string dead = parent + "/" + cgroup_name(0x3fffffff, 1);
  const std::string used = parent + "/" + cgroup_name(0x3fffffff, 2);
  const std::string foreign = parent + "/other.1073741823.1";
  for (const auto& path : {living, dead, used, used + "/in", foreign}) std::filesystem::create_directory(path);
  remove_stale_cgroups(parent);
  EXPECT_FALSE(std::filesystem::exists(dead));
  for (const auto& path : {living, used, foreign}) EXPECT_TRUE(std::filesystem::exists(path)) << path;
}

struct CgroupCase {
  std::string label;
  std::string mountinfo;
  std::string cgroup;
  std::optional<std::string> expected;
};

class CgroupDirectory : public testing::TestWithParam<CgroupCase> {};

TEST_P(CgroupDirectory, IsFoundByTheMounts) {
  EXPECT_EQ(cgroup_directory(GetParam().mountinfo, GetParam().cgroup), GetParam().expected);
}

const std::string hybrid =
    "30 22 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n"
    "33 30 0:30 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
    "40 30 0:37 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw\n";

INSTANTIATE_TEST_SUITE_P(
    Table, CgroupDirectory,
    testing::Values(CgroupCase{"Hybrid", hybrid, "8:memory:/x\n0::/\n", "/sys/fs/cgroup/unified"},
                    CgroupCase{"HybridBelow", hybrid, "0::/user.slice/a\n", "/sys/fs/cgroup/unified/user.slice/a"},
                    CgroupCase{"Unified", "25 22 0:22 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n", "0::/init.scope\n",
                               "/sys/fs/cgroup/init.scope"},
                    CgroupCase{"PartOfTheTree", "25 22 0:22 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n",
                               "0::/docker/abc/sub\n", "/sys/fs/cgroup/sub"},
                    CgroupCase{"RootOfThePart", "25 22 0:22 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n",
                               "0::/docker/abc\n", "/sys/fs/cgroup"},
                    CgroupCase{"OutsideOfThePart", "25 22 0:22 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n",
                               "0::/docker/abcd\n", std::nullopt},
                    CgroupCase{"OutsideOfTheNamespace", hybrid, "0::/../other\n", std::nullopt},
                    CgroupCase{"Version1Only", "33 30 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw\n",
                               "3:memory:/\n", std::nullopt},
                    CgroupCase{"BlankInTheName", "25 22 0:22 / /my\\040cg rw - cgroup2 c rw\n", "0::/\n", "/my cg"},
                    CgroupCase{"Nothing", "", "", std::nullopt}),
    [](const auto& row) { return row.param.label; });

}  // namespace
}  // namespace lifecycle::process
