// Random secrets in random text, cut at random: the same as the slow reference, and never shown too early.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "agent/mask/mask_stream.h"
#include "agent/mask/needle_set.h"
#include "agent/mask/secret_forms.h"
#include "agent/mask/secret_values.h"
#include "tests/agent/mask/slow_mask.h"
#include "tests/string_sink.h"

namespace lifecycle::mask {
namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }

  /// Small alphabets overlap with themselves.
  std::string word(std::size_t length, std::string_view alphabet) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += alphabet[below(alphabet.size())];
    return text;
  }

 private:
  std::mt19937 engine_;
};

constexpr std::string_view alphabets[] = {"ab-", "abc1", "ab\x1b[m", "abcdefghijklmnopqrstuvwxyz0123456789",
                                          "a b\nc\r"};

std::string random_input(Dice& dice, const std::vector<std::string>& secrets, std::string_view alphabet) {
  constexpr std::string_view sequences[] = {"\x1b[31m", "\x1b[K", "\x1b]8;;x\x1b\\", "\x1b]0;t\x07", "\x1b(B",
                                            "\x1b[",    "\x1b",   "\x1b]y",          "\n",           "\r\n"};
  std::string input;
  const std::size_t pieces = 1 + dice.below(12);
  for (std::size_t i = 0; i < pieces; ++i) {
    const std::string& secret = secrets[dice.below(secrets.size())];
    switch (dice.below(6)) {
      case 0:
        input += secret;
        break;
      case 1:
        input += secret.substr(0, dice.below(secret.size()));
        break;
      case 2:
        input += secret.substr(dice.below(secret.size()));
        break;
      case 3:
        input += sequences[dice.below(std::size(sequences))];
        break;
      case 4: {
        const std::size_t at = dice.below(secret.size());
        input += secret.substr(0, at);
        input += sequences[dice.below(std::size(sequences))];
        input += secret.substr(at);
        break;
      }
      default:
        input += dice.word(dice.below(30), alphabet);
    }
  }
  return input;
}

void run_rounds(unsigned seed, int rounds, int cuts_each) {
  Dice dice(seed);
  for (int round = 0; round < rounds; ++round) {
    const std::string_view alphabet = alphabets[dice.below(std::size(alphabets))];
    MaskTable table;
    std::vector<std::string> secrets;
    std::vector<std::string> needles;
    const std::size_t count = 1 + dice.below(4);
    for (std::size_t i = 0; i < count; ++i) {
      secrets.push_back(dice.word(6 + dice.below(59), alphabet));
      if (table.add("S", secrets.back(), SecretOrigin::declared)) continue;
      for (const SecretValue& value : secret_values(secrets.back(), SecretOrigin::declared)) {
        for (std::string& form : secret_forms(value)) needles.push_back(std::move(form));
      }
    }
    const std::string input = random_input(dice, secrets, alphabet);
    const std::string expected = slow_mask(input, needles);
    for (int k = 0; k < cuts_each; ++k) {
      MaskStream stream(table);
      StringSink sink;
      std::size_t at = 0;
      while (at < input.size()) {
        const std::size_t length = 1 + dice.below(k == 0 ? input.size() : 9);
        stream.feed(std::string_view(input).substr(at, length), sink);
        at += length;
        ASSERT_TRUE(expected.starts_with(sink.text)) << "shown too early: seed " << seed << " round " << round << "\n"
                                                     << testing::PrintToString(input);
      }
      stream.finish(sink);
      ASSERT_EQ(sink.text, expected) << "seed " << seed << " round " << round << "\n" << testing::PrintToString(input);
    }
  }
}

TEST(MaskRandom, EqualsTheSlowReferenceUnderAnyCuts) { run_rounds(1, 2500, 6); }

/// Big chunks go through the filter, not only through the automaton.
TEST(MaskRandom, FindsEverySecretInLongText) {
  Dice dice(2);
  for (int round = 0; round < 60; ++round) {
    MaskTable table;
    std::vector<std::string> secrets;
    const std::size_t shortest = 4 + dice.below(16);
    const std::size_t count = 1 + dice.below(40);
    for (std::size_t i = 0; i < count; ++i) {
      secrets.push_back(dice.word(shortest + dice.below(40), "abcdefghijklmnopqrstuvwxyz0123456789"));
      table.add("S", secrets.back(), SecretOrigin::explicit_value);
    }
    std::string input;
    while (input.size() < 20000) {
      input += dice.word(dice.below(300), "abcdefghijklmnopqrstuvwxyz0123456789 \n");
      const std::string& secret = secrets[dice.below(secrets.size())];
      input += secret.substr(0, 1 + dice.below(secret.size()));
      if (dice.below(2) == 0) input += secret;
    }
    std::vector<std::string> needles;
    for (const std::string& secret : secrets) {
      for (const SecretValue& value : secret_values(secret, SecretOrigin::explicit_value)) {
        for (std::string& form : secret_forms(value)) needles.push_back(std::move(form));
      }
    }
    const std::string expected = slow_mask(input, needles);
    MaskStream stream(table);
    StringSink sink;
    std::size_t at = 0;
    while (at < input.size()) {
      const std::size_t length = 1 + dice.below(9000);
      stream.feed(std::string_view(input).substr(at, length), sink);
      at += length;
      ASSERT_TRUE(expected.starts_with(sink.text));
    }
    stream.finish(sink);
    ASSERT_EQ(sink.text, expected) << "round " << round;
  }
}

}  // namespace
}  // namespace lifecycle::mask
