#include "adapters/forge/payload_file.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <fstream>

namespace lifecycle::forge {
namespace {

namespace fs = std::filesystem;

class PayloadFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "lifecycle-payload-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& bytes) {
    std::ofstream(folder_ / "event.json", std::ios::binary) << bytes;
    return folder_ / "event.json";
  }
  PayloadFile read(const std::string& bytes) { return read_payload_file(write(bytes)); }

  fs::path folder_;
};

TEST_F(PayloadFiles, AreReadWithTheirSize) {
  const PayloadFile file = read(R"({"action":"opened"})");
  EXPECT_EQ(file.fault, "");
  EXPECT_EQ(file.size, 19U);
  EXPECT_EQ(file.fields.text("action"), "opened");
}

TEST_F(PayloadFiles, SayWhatIsWrong) {
  EXPECT_EQ(read_payload_file(folder_ / "none.json").fault, "is missing");
  EXPECT_EQ(read_payload_file(folder_).fault, "is a directory, not a file");
  EXPECT_EQ(read_payload_file("/dev/null").fault, "is neither a file nor a pipe");
  EXPECT_EQ(read("").fault, "is empty");
  EXPECT_EQ(read(R"({"action":"op)").fault, "is cut off (byte 13)");
  EXPECT_EQ(read("<html>").fault, "is not JSON: expected a value (byte 0)");
  EXPECT_EQ(read("{\"title\":\"caf\xE9\"}").fault, "is not UTF-8 (byte 13)");
  EXPECT_EQ(read(std::string("{}\0", 3)).fault, "is not JSON: something follows the first value (byte 2)");
  EXPECT_EQ(read("\xEF\xBB\xBF{}").fault, "");
  EXPECT_EQ(read("[1]").fault, "");
}

TEST_F(PayloadFiles, ThatMayNotBeReadSayWhy) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  const std::string path = write("{}");
  ::chmod(path.c_str(), 0);
  EXPECT_NE(read_payload_file(path).fault.find("cannot be read"), std::string::npos);
}

TEST_F(PayloadFiles, MayBePipesButNotOnesThatNobodyWrites) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(read_payload_file(pipe).fault, "is empty");
}

/// The most that this process has ever had in memory, in KiB.
long peak_memory() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void expect_bounded(const std::string& path, std::uint64_t least_size) {
  const long before = peak_memory();
  const std::clock_t start = std::clock();  // of this process, since the machine may be busy with others
  const PayloadFile file = read_payload_file(path);
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  EXPECT_EQ(file.fault, "");
  EXPECT_GE(file.size, least_size);
  EXPECT_EQ(file.fields.text("action"), "closed");
  EXPECT_LT(peak_memory() - before, 10 * 1024);
#if defined(NDEBUG)
  EXPECT_LT(seconds, 1.0);
#endif
  testing::Test::RecordProperty("seconds", std::to_string(seconds));
}

TEST_F(PayloadFiles, OfAHundredMegabytesTakeLittleMemory) {
  const fs::path path = folder_ / "big.json";
  std::ofstream out(path, std::ios::binary);
  std::string commit =
      R"({"id":"bcb9f9b20179329552f9b756c6b7967b6126ef4b","message":"Work \u00e9 on \"it\"","added":["a/b.txt"],"n":12},)";
  out << R"({"action":"closed","commits":[)";
  for (std::size_t size = 0; size < 100'000'000; size += commit.size()) out << commit;
  out << R"({}],"ref":"refs/heads/x"})";
  out.close();
  expect_bounded(path, 100'000'000);
}

TEST_F(PayloadFiles, OfOneHugeTextTakeLittleMemory) {
  const fs::path path = folder_ / "text.json";
  std::ofstream out(path, std::ios::binary);
  out << R"({"action":"closed","pull_request":{"title":")";
  for (int i = 0; i < 100; ++i) out << std::string(1'000'000, 'x');
  out << "\"}}";
  out.close();
  expect_bounded(path, 100'000'000);
}

}  // namespace
}  // namespace lifecycle::forge
