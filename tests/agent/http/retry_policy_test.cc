#include "agent/http/retry_policy.h"

#include <gtest/gtest.h>

#include "agent/http/retry_after.h"

namespace lifecycle::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct VerdictCase {
  std::string label;
  AttemptResult attempt;
  AttemptVerdict expected;
};

class Verdict : public testing::TestWithParam<VerdictCase> {};

TEST_P(Verdict, FollowsTheStatus) {
  RetryPolicy policy({}, [] { return 0.5; });
  EXPECT_EQ(policy.after(GetParam().attempt).verdict, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Statuses, Verdict,
                         testing::Values(VerdictCase{"Ok", {.status = 200}, AttemptVerdict::delivered},
                                         VerdictCase{"Created", {.status = 201}, AttemptVerdict::delivered},
                                         VerdictCase{"NoContent", {.status = 204}, AttemptVerdict::delivered},
                                         VerdictCase{"Moved", {.status = 301}, AttemptVerdict::refused},
                                         VerdictCase{"PermanentRedirect", {.status = 308}, AttemptVerdict::refused},
                                         VerdictCase{"BadRequest", {.status = 400}, AttemptVerdict::refused},
                                         VerdictCase{"Unauthorised", {.status = 401}, AttemptVerdict::unauthorised},
                                         VerdictCase{"Forbidden", {.status = 403}, AttemptVerdict::unauthorised},
                                         VerdictCase{"NotFound", {.status = 404}, AttemptVerdict::refused},
                                         VerdictCase{"RequestTimeout", {.status = 408}, AttemptVerdict::retry},
                                         VerdictCase{"Conflict", {.status = 409}, AttemptVerdict::refused},
                                         VerdictCase{"TooEarly", {.status = 425}, AttemptVerdict::retry},
                                         VerdictCase{"TooMany", {.status = 429}, AttemptVerdict::retry},
                                         VerdictCase{"ServerError", {.status = 500}, AttemptVerdict::retry},
                                         VerdictCase{"NotImplemented", {.status = 501}, AttemptVerdict::retry},
                                         VerdictCase{"Unavailable", {.status = 503}, AttemptVerdict::retry},
                                         VerdictCase{"Origin", {.status = 520}, AttemptVerdict::retry},
                                         VerdictCase{"NoAnswer", {.status = 0}, AttemptVerdict::retry},
                                         VerdictCase{
                                             "Hopeless", {.status = 0, .retryable = false}, AttemptVerdict::hopeless}),
                         [](const auto& row) { return row.param.label; });

TEST(RetryPolicy, BacksOffExponentiallyUpToTheCapWithFullJitter) {
  double random = 1.0;
  RetryPolicy policy({.base = milliseconds(200), .cap = milliseconds(1000)}, [&] { return random; });
  std::vector<milliseconds::rep> delays;
  for (int i = 0; i < 5; ++i) delays.push_back(policy.after({.status = 503}).delay.count());
  EXPECT_EQ(delays, (std::vector<milliseconds::rep>{200, 400, 800, 1000, 1000}));
  random = 0.25;
  EXPECT_EQ(policy.after({.status = 503}).delay, milliseconds(250));
  random = 0;
  EXPECT_EQ(policy.after({.status = 0}).delay, milliseconds(0));
  EXPECT_EQ(policy.failures(), 7);
  policy.reset();
  random = 1.0;
  EXPECT_EQ(policy.after({.status = 429}).delay, milliseconds(200));
}

TEST(RetryPolicy, WaitsForeverManyFailuresNoLongerThanTheCap) {
  RetryPolicy policy({}, [] { return 1.0; });
  for (int i = 0; i < 1000; ++i) EXPECT_LE(policy.after({.status = 500}).delay, milliseconds(5000));
}

TEST(RetryPolicy, ObeysALongerRetryAfterAndIgnoresAShorterOne) {
  RetryPolicy policy({}, [] { return 1.0; });
  const auto longer = policy.after({.status = 503, .retry_after = seconds(7)});
  EXPECT_EQ(longer.delay, seconds(7));
  EXPECT_TRUE(longer.told);
  const auto shorter = policy.after({.status = 503, .retry_after = milliseconds(0)});
  EXPECT_EQ(shorter.delay, milliseconds(400));
  EXPECT_FALSE(shorter.told);
}

struct RetryAfterCase {
  std::string_view text;
  std::optional<milliseconds> expected;
};

TEST(RetryAfter, ReadsSecondsAndTheThreeDateForms) {
  const Instant now{seconds(784111717)};  // Sun, 06 Nov 1994 08:48:37 GMT
  for (const RetryAfterCase& c : std::vector<RetryAfterCase>{{"0", milliseconds(0)},
                                                             {"120", seconds(120)},
                                                             {"999999999999999999999", std::chrono::hours(24)},
                                                             {"86401", std::chrono::hours(24)},
                                                             {"Sun, 06 Nov 1994 08:49:37 GMT", seconds(60)},
                                                             {"Sunday, 06-Nov-94 08:49:37 GMT", seconds(60)},
                                                             {"Sun Nov  6 08:49:37 1994", seconds(60)},
                                                             {"Sun, 06 Nov 1994 08:00:00 GMT", milliseconds(0)},
                                                             {"Fri, 31 Dec 2999 23:59:59 GMT", std::chrono::hours(24)},
                                                             {"", std::nullopt},
                                                             {"-1", std::nullopt},
                                                             {"1.5", std::nullopt},
                                                             {"soon", std::nullopt},
                                                             {"Sun, 06 Nov 1994 08:49:37 GMT; x", std::nullopt}}) {
    EXPECT_EQ(parse_retry_after(c.text, now), c.expected) << c.text;
  }
}

}  // namespace
}  // namespace lifecycle::http
