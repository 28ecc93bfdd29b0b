#include "calls/error_text.h"

#include <gtest/gtest.h>

#include "calls/error_names.h"

namespace holdfast::calls {

TEST(ErrorText, showsNameNumberSubjectAndAdvice) {
  EXPECT_EQ(formatError(5002, "resource \"Clip\" needs a Network Name", "add one"),
            "ERROR_DEPENDENCY_NOT_FOUND (5002): resource \"Clip\" needs a Network Name; add one");
}

TEST(ErrorText, leavesOutWhatIsEmpty) {
  EXPECT_EQ(formatError(5), "ERROR_ACCESS_DENIED (5)");
  EXPECT_EQ(formatError(5, "not yours"), "ERROR_ACCESS_DENIED (5): not yours");
  EXPECT_EQ(formatError(5, "", "ask for it"), "ERROR_ACCESS_DENIED (5): ask for it");
  EXPECT_EQ(formatError(987654321, "odd"), "error 987654321: odd");
}

TEST(ErrorText, tableIsSortedWithoutRepetition) {
  for (std::size_t i = 1; i < std::size(kErrorNames); ++i) {
    EXPECT_LT(kErrorNames[i - 1].code, kErrorNames[i].code) << kErrorNames[i].name;
  }
}

// The codes of CL §5, and those of the other documents of the specification.
TEST(ErrorText, knowsEveryCodeOfTheSpecification) {
  const std::uint32_t codes[] = {
      0,    1,    2,    5,    6,    8,    13,   50,   87,   120,  122,  126,  127,  160,  183,  234,  258,  259,
      995,  997,  1018, 1059, 1131, 1306, 1369, 1460, 1722, 1726, 1745, 1753, 1783, 5054, 5056, 5057, 5058, 5060,
      5066, 5067, 5068, 5069, 5070, 5071, 5072, 5073, 5075, 5076, 5078, 5079, 5080, 5082, 5083, 5084, 5085, 5086,
      5087, 5089, 5090, 5890, 5892, 5893, 5904, 5906, 5928, 5929, 5930, 5949, 5959, 5960, 5962, 5968, 5970, 5971,
      5973, 5974, 5975, 5976, 5977, 5978, 5980, 5981, 5982, 5984, 5985, 5986, 5991, 5992, 5993, 5994, 5995};
  for (const std::uint32_t code : codes) EXPECT_FALSE(errorName(code).empty()) << code;
  for (std::uint32_t code = 5001; code <= 5027; ++code) EXPECT_FALSE(errorName(code).empty()) << code;
  for (std::uint32_t code = 5034; code <= 5048; ++code) EXPECT_FALSE(errorName(code).empty()) << code;
  for (std::uint32_t code = 5932; code <= 5945; ++code) EXPECT_FALSE(errorName(code).empty()) << code;
  EXPECT_EQ(errorName(5925), "ERROR_CLUSTER_NO_QUORUM");
}

}  // namespace holdfast::calls
