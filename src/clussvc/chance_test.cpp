#include "clussvc/chance.h"

#include <regex>
#include <set>

namespace holdfast::clussvc {
namespace {

TEST(Chance, guidsHaveTheirFormAndNeverMeet) {
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string guid = randomGuid();
    EXPECT_TRUE(std::regex_match(guid, form)) << guid;
    EXPECT_TRUE(seen.insert(guid).second);
  }
}

TEST(Chance, tokensHave32Digits) {
  EXPECT_TRUE(std::regex_match(randomToken(), std::regex("[0-9a-f]{32}")));
  EXPECT_NE(randomToken(), randomToken());
}

}  // namespace
}  // namespace holdfast::clussvc
