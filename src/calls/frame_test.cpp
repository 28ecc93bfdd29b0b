#include "calls/frame.h"

namespace holdfast::calls {
namespace {

TEST(Frame, comesOutWholeHoweverItIsCut) {
  const std::string stream = encodeFrame("first") + encodeFrame("") + encodeFrame(std::string(70'000, 'x'));
  for (std::size_t step : {std::size_t{1}, std::size_t{3}, std::size_t{4096}, stream.size()}) {
    FrameReader reader;
    std::vector<std::string> bodies;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      reader.feed(std::string_view(stream).substr(at, step));
      while (auto body = reader.next()) bodies.push_back(*body);
    }
    ASSERT_EQ(bodies.size(), 3u) << "step " << step;
    EXPECT_EQ(bodies[0], "first");
    EXPECT_EQ(bodies[1], "");
    EXPECT_EQ(bodies[2].size(), 70'000u);
    EXPECT_EQ(reader.pending(), 0u);
    EXPECT_FALSE(reader.broken());
  }
}

TEST(Frame, halfAFrameIsNeverHandedOut) {
  FrameReader reader;
  const std::string frame = encodeFrame("whole");
  reader.feed(std::string_view(frame).substr(0, frame.size() - 1));
  EXPECT_FALSE(reader.next().has_value());
  EXPECT_EQ(reader.pending(), frame.size() - 1);
}

TEST(Frame, anOversizedLengthBreaksTheStreamBeforeItsBodyIsStored) {
  FrameReader reader(16);
  reader.feed(std::string("\x11\x00\x00\x00", 4));
  EXPECT_FALSE(reader.next().has_value());
  EXPECT_TRUE(reader.broken());
  reader.feed(encodeFrame("ok"));
  EXPECT_FALSE(reader.next().has_value());
  EXPECT_EQ(reader.pending(), 0u);
}

}  // namespace
}  // namespace holdfast::calls
