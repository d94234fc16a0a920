#include "agent/base/time.h"

#include <gtest/gtest.h>

namespace lifecycle {
namespace {

TEST(PrintInstant, IsRfc3339InUtc) {
  using std::chrono::milliseconds;
  EXPECT_EQ(print_instant(Instant{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(print_instant(Instant{milliseconds{1'772'000'000'120}}), "2026-02-25T06:13:20.120Z");
  EXPECT_EQ(print_instant(Instant{milliseconds{951'782'400'007}}), "2000-02-29T00:00:00.007Z");
  EXPECT_EQ(print_instant(Instant{milliseconds{-1}}), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace lifecycle
