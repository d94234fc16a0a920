#include "agent/mask/mask_stream.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/string_sink.h"

namespace lifecycle::mask {
namespace {

class MaskStreams : public testing::Test {
 protected:
  MaskStreams() { table.add("TOKEN", "s3cr3tTokenValue", SecretOrigin::declared); }

  MaskTable table;
  StringSink shown;
};

TEST_F(MaskStreams, HoldOnlyWhatMayBeASecret) {
  MaskStream stream(table);
  stream.feed("name? ", shown);
  EXPECT_FALSE(stream.holds());
  stream.feed("s3cr", shown);
  EXPECT_TRUE(stream.holds());
  EXPECT_EQ(shown.text, "name? ");
}

TEST_F(MaskStreams, CoverAtABoundaryWhatIsMostOfASecretAndWhatCompletesIt) {
  MaskStream stream(table);
  stream.feed("x s3cr3tTokenV", shown);
  stream.boundary(shown);
  EXPECT_EQ(shown.text, "x ***");
  shown.text += "\n== step 2\n";
  stream.feed("alue y", shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "x ***\n== step 2\n*** y");
}

TEST_F(MaskStreams, ShowAtABoundaryALittleOfASecretAndCoverWhatCompletesIt) {
  MaskStream stream(table);
  stream.feed("x s3cr3", shown);
  stream.boundary(shown);
  EXPECT_EQ(shown.text, "x s3cr3");
  EXPECT_FALSE(stream.holds());
  stream.feed("tTokenValue y", shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "x s3cr3*** y");
}

TEST_F(MaskStreams, ShowAfterABoundaryWhatDoesNotCompleteIt) {
  MaskStream stream(table);
  stream.feed("x s3cr3tTokenV", shown);
  stream.boundary(shown);
  stream.feed("ault", shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "x ***ault");
}

TEST_F(MaskStreams, KeepWhiteSpaceAtAForcedEnd) {
  table.add("PHRASE", "correct horse battery", SecretOrigin::declared);
  MaskStream stream(table);
  stream.feed("> correct horse ", shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "> *** ");
}

TEST_F(MaskStreams, CoverAgainAfterABoundary) {
  MaskStream stream(table);
  stream.feed("s3cr3tTokenValue", shown);
  stream.boundary(shown);
  stream.feed("s3cr3tTokenValue", shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "******");
}

TEST_F(MaskStreams, HoldThroughAnUnfinishedSequence) {
  MaskStream stream(table);
  stream.feed("x s3cr3tTok\x1b[3", shown);
  stream.pause(shown);
  EXPECT_EQ(shown.text, "x ");
  stream.feed("1menValue", shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "x ***\x1b[31m");
}

TEST_F(MaskStreams, DoNotHoldAnUnfinishedSequenceAlone) {
  MaskStream stream(table);
  stream.feed("prompt\x1b[3", shown);
  EXPECT_FALSE(stream.holds());
  stream.feed("1mred", shown);
  EXPECT_EQ(shown.text, "prompt\x1b[31mred");
}

TEST_F(MaskStreams, SeeAsTextWhatIsNoSequence) {
  table.add("ODD", std::string("ab\x1b[9q;zz"), SecretOrigin::declared);
  MaskStream stream(table);
  for (const std::string_view chunk : {"ab\x1b", "[9q;", "zz."}) stream.feed(chunk, shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "***.");
}

TEST_F(MaskStreams, BoundWhatSequencesHoldBack) {
  MaskStream stream(table);
  stream.feed("s3cr3tTok", shown);
  for (int i = 0; i < 20000; ++i) stream.feed("\x1b[31m", shown);
  EXPECT_TRUE(shown.text.starts_with("***\x1b[31m"));
  stream.feed("enValue.", shown);
  stream.finish(shown);
  EXPECT_TRUE(shown.text.ends_with("m.")) << shown.text.substr(shown.text.size() - 20);
}

TEST_F(MaskStreams, PassEverythingWithoutSecretsUncopied) {
  struct PointerSink final : ByteSink {
    void take(std::string_view bytes) override { at = bytes.data(); }
    const char* at = nullptr;
  };
  const MaskTable none;
  MaskStream stream(none);
  PointerSink sink;
  const std::string chunk(100000, 'x');
  stream.feed(chunk, sink);
  EXPECT_EQ(sink.at, chunk.data());
}

TEST_F(MaskStreams, SearchHeldBytesAgainBeforeAPause) {
  MaskStream stream(table);
  stream.feed("x s3cr3tT", shown);
  table.add("SHORT", "3cr3tT", SecretOrigin::declared);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "x s***");
}

TEST_F(MaskStreams, AreIndependentOfEachOther) {
  MaskStream out(table);
  MaskStream err(table);
  out.feed("s3cr3tTo", shown);
  err.feed("kenValue", shown);
  out.feed("kenValue", shown);
  EXPECT_EQ(shown.text, "kenValue***");
}

TEST_F(MaskStreams, StayLinearInPeriodicText) {
  table.add("PERIODIC", "abcabcabcabcabcabc", SecretOrigin::declared);
  MaskStream stream(table);
  std::string input;
  for (int i = 0; i < 100000; ++i) input += "abc";
  stream.feed(input, shown);
  stream.finish(shown);
  EXPECT_EQ(shown.text, "***");
}

}  // namespace
}  // namespace lifecycle::mask
