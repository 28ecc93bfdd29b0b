// The line splitter is hidden in the library; what it does is seen through a program's arguments elsewhere, so it is
// compiled in here.
#include "sdk/winapi/command_line.cpp"

namespace holdfast::winapi {
namespace {

using Words = std::vector<std::string>;

TEST(CommandLine, isSplitAsWindowsProgramsSplitIt) {
  EXPECT_EQ(splitCommandLine(R"(a  "b c" d)"), (Words{"a", "b c", "d"}));
  EXPECT_EQ(splitCommandLine(R"(a\b "c\\" "d\"e" f\\\"g)"), (Words{R"(a\b)", R"(c\)", R"(d"e)", R"(f\"g)"}));
  EXPECT_EQ(splitCommandLine(R"(x"" "")"), (Words{"x", ""}));
  EXPECT_EQ(splitCommandLine("   "), Words{});
  EXPECT_EQ(splitCommandLine(R"("unclosed word)"), (Words{"unclosed word"}));
}

}  // namespace
}  // namespace holdfast::winapi
