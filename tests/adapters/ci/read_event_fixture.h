// The event of GitHub's variables, with a payload of any bytes.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>

#include "adapters/ci/read_event.h"
#include "tests/adapters/ci/ci_case.h"

namespace lifecycle::ci {

using Variables = std::map<std::string, std::string, std::less<>>;

inline constexpr const char* push_body =
    R"({"ref":"refs/heads/main","before":"b719dcd58a83952588f484f551db8d6d66ab5b87",
    "after":"bcb9f9b20179329552f9b756c6b7967b6126ef4b","repository":{"full_name":"acme/app"}})";
inline constexpr const char* pull_body =
    R"({"action":"opened","number":7,"pull_request":{"number":7,"title":"t","head":{"ref":"topic",
    "sha":"bbfd30e336b7e0198ee33f60cf3dde0c72faec41","repo":{"full_name":"acme/app"}},
    "base":{"ref":"main","repo":{"full_name":"acme/app"}}}})";

class ReadEvent : public testing::Test {
 protected:
  /// GitHub's variables of an event, with a payload of these bytes.
  Environment github(const std::string& name, const std::string& payload, const std::string& ref = "refs/heads/main") {
    std::ofstream(folder_.path() / "event.json", std::ios::binary) << payload;
    return Environment(Variables{{"GITHUB_ACTIONS", "true"},
                                 {"GITHUB_RUN_ID", "99"},
                                 {"GITHUB_RUN_ATTEMPT", "1"},
                                 {"GITHUB_EVENT_NAME", name},
                                 {"GITHUB_EVENT_PATH", folder_.path() / "event.json"},
                                 {"GITHUB_REPOSITORY", "acme/app"},
                                 {"GITHUB_SERVER_URL", "https://github.com"},
                                 {"GITHUB_REF", ref},
                                 {"GITHUB_SHA", "bcb9f9b20179329552f9b756c6b7967b6126ef4b"},
                                 {"GITHUB_ACTOR", "dana"}});
  }
  static event::Event must_read(const Environment& environment, const EventFacts& flags = {}) {
    const auto detected = read_event(environment, {.flags = flags}, nullptr);
    EXPECT_TRUE(detected) << detected.error().message;
    return detected ? detected->event : event::Event{};
  }
  static bool warns(const event::Event& event, const std::string& word) {
    return std::ranges::any_of(event.warnings,
                               [&](const std::string& warning) { return warning.find(word) != std::string::npos; });
  }

  ScratchFolder folder_;
};

}  // namespace lifecycle::ci
