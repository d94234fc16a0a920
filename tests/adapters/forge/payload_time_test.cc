#include "adapters/forge/payload_time.h"

#include <gtest/gtest.h>

#include "adapters/forge/payload_reader.h"

namespace lifecycle::forge {
namespace {

struct TimeRow {
  const char* given;
  const char* time;
};

class Times : public testing::TestWithParam<TimeRow> {};

TEST_P(Times, AreRfc3339OrNothing) {
  EXPECT_EQ(to_rfc3339(GetParam().given), GetParam().time) << GetParam().given;
  EXPECT_EQ(to_rfc3339(to_rfc3339(GetParam().given)), GetParam().time) << "stays as it is";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Times,
    testing::Values(TimeRow{"2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"},
                    TimeRow{"2026-03-01T10:00:00+01:00", "2026-03-01T10:00:00+01:00"},
                    TimeRow{"2026-03-01T10:00:00+0100", "2026-03-01T10:00:00+01:00"},
                    TimeRow{"2026-03-01T10:00:00-03", "2026-03-01T10:00:00-03:00"},
                    TimeRow{"2026-03-01 10:00:00 UTC", "2026-03-01T10:00:00Z"},
                    TimeRow{"2026-03-01 10:00:00 +0200", "2026-03-01T10:00:00+02:00"},
                    TimeRow{"2026-03-01T10:00:00.1234567Z", "2026-03-01T10:00:00.1234567Z"},
                    TimeRow{"2026-03-01T10:00:00.12345678912Z", "2026-03-01T10:00:00.123456789Z"},
                    TimeRow{"2026-03-01T10:00:00.123456+00:00", "2026-03-01T10:00:00.123456+00:00"},
                    TimeRow{"2026-03-01t10:00:00z", "2026-03-01T10:00:00Z"},
                    TimeRow{"2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z"}, TimeRow{"2026-02-29T00:00:00Z", ""},
                    TimeRow{"2026-13-01T00:00:00Z", ""}, TimeRow{"2026-03-01T24:00:00Z", ""},
                    TimeRow{"0001-01-01T00:00:00Z", ""}, TimeRow{"2026-03-01T10:00:00", ""}, TimeRow{"2026-03-01", ""},
                    TimeRow{"2026-03-01T10:00:00.Z", ""}, TimeRow{"2026-03-01T10:00:00Z x", ""}, TimeRow{"", ""},
                    TimeRow{"yesterday", ""}, TimeRow{"2026-03-01T10:00:00+1", ""},
                    TimeRow{"2026-03-01T10:00:00+01:0", ""}, TimeRow{"2026-03-01T10:00:00+25:00", ""}));

TEST(Times, OfNumbersAreSecondsOrMilliseconds) {
  const auto fields = collect_payload(R"({"date":1772359200123,"createdDate":1772359200,"updated_at":"1772359200",
    "created_at":-5,"released_at":99999999999999999})")
                          .fields;
  EXPECT_EQ(time_at(fields, "date"), "2026-03-01T10:00:00.123Z");
  EXPECT_EQ(time_at(fields, "createdDate"), "2026-03-01T10:00:00Z");
  EXPECT_EQ(time_at(fields, "updated_at"), "2026-03-01T10:00:00Z");
  EXPECT_EQ(time_at(fields, "created_at"), "");
  EXPECT_EQ(time_at(fields, "released_at"), "");
  EXPECT_EQ(first_time_at(fields, {"created_at", "deleted", "createdDate"}), "2026-03-01T10:00:00Z");
}

TEST(Times, AreOneSecondInKeysHoweverTheyAreWritten) {
  for (const char* same : {"2026-03-01T10:00:00Z", "2026-03-01T11:00:00.9+01:00", "2026-03-01T09:30:00.123-00:30",
                           "2026-03-01 10:00:00 UTC"}) {
    EXPECT_EQ(key_second(to_rfc3339(same)), "2026-03-01T10:00:00Z") << same;
  }
  EXPECT_EQ(key_second(""), "");
}

}  // namespace
}  // namespace lifecycle::forge
