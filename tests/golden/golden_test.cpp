// Every situation of tests/golden/situations has the outcome written below it. HOLDFAST_GOLDEN_RECORD=1 writes them
// anew: then read the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "golden/interpreter.h"

namespace {

namespace fs = std::filesystem;

const std::string kSeparator = "--- outcome ---\n";

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::string> situations() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(HOLDFAST_SITUATIONS)) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, hasTheOutcomeWrittenDown) {
  const fs::path path = fs::path(HOLDFAST_SITUATIONS) / (GetParam() + ".txt");
  const std::string text = read(path);
  const std::size_t separator = text.find(kSeparator);
  const std::string situation = text.substr(0, separator);
  const std::string outcome = holdfast::rcm::outcomeOf(situation);
  if (std::getenv("HOLDFAST_GOLDEN_RECORD")) {
    std::ofstream(path) << situation << (situation.ends_with('\n') ? "" : "\n") << kSeparator << outcome;
    return;
  }
  ASSERT_NE(separator, std::string::npos) << "not recorded: run once with HOLDFAST_GOLDEN_RECORD=1";
  EXPECT_EQ(text.substr(separator + kSeparator.size()), outcome);
}

TEST(Situations, thereAreAtLeastTwelveSituations) { EXPECT_GE(situations().size(), 12u); }

INSTANTIATE_TEST_SUITE_P(Situation, Golden, testing::ValuesIn(situations()),
                         [](const testing::TestParamInfo<std::string>& situation) {
                           std::string name = situation.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
