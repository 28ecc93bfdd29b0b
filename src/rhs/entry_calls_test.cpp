#include "rhs/entry_calls.h"

#include <gtest/gtest.h>

namespace holdfast::rhs {
namespace {

TEST(OnlyReads, codesThatModifyAndUserCodesAreNotRepeated) {
  EXPECT_TRUE(onlyReads(CLUSCTL_RESOURCE_GET_CHARACTERISTICS));
  EXPECT_TRUE(onlyReads(CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES));
  EXPECT_FALSE(onlyReads(CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES));
  EXPECT_FALSE(onlyReads(0x01800004));
  EXPECT_FALSE(onlyReads(0xDD815955));
}

}  // namespace
}  // namespace holdfast::rhs
