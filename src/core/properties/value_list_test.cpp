#include "core/properties/value_list.h"

#include <gtest/gtest.h>

#include "core/properties/list_reader.h"
#include "core/properties/status.h"

namespace holdfast::properties {
namespace {

const std::vector<RequiredDependency> kNetworkName{std::string("Network Name")};

TEST(PR_18, RequiredDependencyNetworkNameIsFortyBytesNative64) {
  const Bytes canonical = writeRequiredDependencies(kNetworkName, Width::Canonical);
  const Bytes native = writeRequiredDependencies(kNetworkName, Width::Native);
  EXPECT_EQ(canonical.size(), 40u);
  EXPECT_EQ(native.size(), 64u);
  EXPECT_EQ(Bytes(canonical.end() - 4, canonical.end()), Bytes(4, 0));
  EXPECT_EQ(readRequiredDependencies(native, Width::Native), kNetworkName);
}

TEST(PR_19, AClassOfEightBytesIsAccepted) {
  Bytes bytes;
  appendEntry(bytes, 0x00020002, {2, 0, 0, 0, 0, 0, 0, 0x80});
  appendEntry(bytes, 0x00020002, {1, 0, 0, 0});
  appendDword(bytes, 0);
  EXPECT_EQ(readRequiredDependencies(bytes, Width::Native), (std::vector<RequiredDependency>{2u, 1u}));
}

TEST(ValueList, refusesWhatIsCutOffOrMalformed) {
  const Bytes whole = writeRequiredDependencies(kNetworkName, Width::Native);
  EXPECT_EQ(readRequiredDependencies({}, Width::Native).error(), status::kInvalidData);
  for (std::size_t size = 4; size < whole.size(); ++size) {
    EXPECT_EQ(readRequiredDependencies(std::span(whole).first(size), Width::Native).error(),
              status::kInsufficientBuffer);
  }
  Bytes oddClass;
  appendEntry(oddClass, 0x00020002, {1, 0});
  appendDword(oddClass, 0);
  EXPECT_EQ(readRequiredDependencies(oddClass, Width::Native).error(), status::kInvalidData);
}

TEST(ValueList, changesTheWidthOfTextAndCopiesTheRest) {
  std::vector<RequiredDependency> both = kNetworkName;
  both.emplace_back(1u);
  const Bytes canonical = writeRequiredDependencies(both, Width::Canonical);
  const Bytes native = writeRequiredDependencies(both, Width::Native);
  EXPECT_EQ(convertValueList(canonical, Width::Canonical, Width::Native), native);
  EXPECT_EQ(convertValueList(native, Width::Native, Width::Canonical), canonical);
}

}  // namespace
}  // namespace holdfast::properties
