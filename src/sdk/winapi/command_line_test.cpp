#include "sdk/winapi/command_line.h"

namespace holdfast::winapi {
namespace {

using Words = std::vector<std::string>;

TEST(CommandLine, isCutAsWindowsProgramsCutIt) {
  EXPECT_EQ(splitCommandLine(LR"(p a  "b c" d)"), (Words{"p", "a", "b c", "d"}));
  EXPECT_EQ(splitCommandLine(LR"(p a\b "c\\" "d\"e" f\\\"g)"), (Words{"p", R"(a\b)", R"(c\)", R"(d"e)", R"(f\"g)"}));
  EXPECT_EQ(splitCommandLine(LR"(p x"" "" "a""b" a"b c"d)"), (Words{"p", "x", "", R"(a"b)", "ab cd"}));
  EXPECT_EQ(splitCommandLine(LR"("a b\" c\)"), (Words{R"(a b\)", R"(c\)"}));
  EXPECT_EQ(splitCommandLine(LR"(p "unclosed word)"), (Words{"p", "unclosed word"}));
  EXPECT_EQ(splitCommandLine(L"   "), Words{});
  EXPECT_EQ(splitCommandLine(L"p größe"), (Words{"p", "größe"}));
}

TEST(CommandLine, anUnquotedProgramIsTriedUpToEachBlank) {
  const auto candidates = programCandidates(L"/opt/my prog/x -v");
  ASSERT_EQ(candidates.size(), 3u);
  EXPECT_EQ(candidates[0].program, "/opt/my");
  EXPECT_EQ(candidates[1].program, "/opt/my prog/x");
  EXPECT_EQ(candidates[1].rest, L" -v");
  EXPECT_EQ(programCandidates(LR"("/opt/my prog/x" -v)").size(), 1u);
}

TEST(CommandLine, anEnvironmentBlockEndsWithAnEmptyString) {
  EXPECT_EQ(wideEnvironment(L"A=1\0B=ä\0"), (Words{"A=1", "B=ä"}));
  EXPECT_EQ(narrowEnvironment("A=1\0"), (Words{"A=1"}));
  EXPECT_EQ(wideEnvironment(L""), Words{});
}

}  // namespace
}  // namespace holdfast::winapi
