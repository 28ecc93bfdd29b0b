#include "core/monitor/actions.h"

#include <gtest/gtest.h>

namespace holdfast::monitor {
namespace {

TEST(EntryPoint, hasANameForPeople) {
  EXPECT_STREQ(entryPointName(EntryPoint::Online), "Online");
  EXPECT_STREQ(entryPointName(EntryPoint::Initializing), "DllMain");
  EXPECT_STREQ(entryPointName(static_cast<EntryPoint>(99)), "unknown");
}

}  // namespace
}  // namespace holdfast::monitor
