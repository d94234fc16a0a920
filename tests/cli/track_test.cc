#include <gtest/gtest.h>

#include "tests/cli/program.h"

namespace lifecycle::cli_test {
namespace {

TEST(Track, DryRunShowsTheRequestWithoutTheToken) {
  Program program;
  as_github_push(program);
  program.env("CTOAI_EVENTS_API_TOKEN", "swordfish-4711").env("CTOAI_TEAM_ID", "team-1");
  const Outcome outcome = program
                              .args({"track", "--dry-run", "--event-name", "deployment", "--event-action", "success",
                                     "--environment", "production", "--image", "app:1"})
                              .run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out.find("swordfish"), std::string::npos);
  expect_golden("track-dry-run.txt", normalised(outcome.out, program));
}

TEST(Track, WithoutTokenOrAddressIsAMistake) {
  Program program;
  const Outcome outcome = program.args({"track", "--event-name", "deployment", "--event-action", "success"}).run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("error: "), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("[report-not-configured]"), std::string::npos) << outcome.err;
}

TEST(Track, NeedsNameAndAction) {
  Program program;
  program.env("LIFECYCLE_EVENTS_URL", "http://127.0.0.1:9/");
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"track"}, {"track", "--event-name", "deployment"}, {"track", "--event-action", "x"}}) {
    const Outcome outcome = program.args(args).run();
    EXPECT_EQ(outcome.status, 2);
    EXPECT_NE(outcome.err.find("[track-incomplete]"), std::string::npos) << outcome.err;
  }
}

TEST(Track, AnUndeliveredEventFailsOnlyWhenStrict) {
  Program program;
  program.env("LIFECYCLE_EVENTS_URL", "http://127.0.0.1:9/").env("LIFECYCLE_REPORT_TIMEOUT", "200ms");
  program.env("LIFECYCLE_TRACK_NAME", "deployment").env("LIFECYCLE_TRACK_ACTION", "success");
  const Outcome lenient = program.args({"track"}).run();
  EXPECT_EQ(lenient.status, 0) << lenient.err;
  EXPECT_NE(lenient.err.find("[delivery-deferred]"), std::string::npos) << lenient.err;
  EXPECT_LT(lenient.took, std::chrono::seconds(5));
  EXPECT_EQ(program.args({"track", "--strict-insights"}).run().status, 3);
}

TEST(Track, ABadAddressIsUsage) {
  Program program;
  const Outcome outcome = program
                              .args({"track", "--event-name", "deployment", "--event-action", "success", "--events-url",
                                     "ftp://example.com/"})
                              .run();
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("[http-url-invalid]"), std::string::npos) << outcome.err;
}

TEST(Track, ATokenInTheArgumentsIsWarnedOf) {
  Program program;
  const Outcome outcome = program
                              .args({"track", "--dry-run", "--event-name", "deployment", "--event-action", "success",
                                     "--token", "swordfish-4711"})
                              .run();
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("[token-in-arguments]"), std::string::npos);
  EXPECT_EQ((outcome.out + outcome.err).find("swordfish"), std::string::npos);
}

}  // namespace
}  // namespace lifecycle::cli_test
