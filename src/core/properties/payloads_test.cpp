#include "core/properties/payloads.h"

#include <gtest/gtest.h>

#include "core/properties/property_list.h"
#include "core/properties/status.h"
#include "core/properties/value_list.h"

namespace holdfast::properties {
namespace {

using database::Value;

TEST(CC_14, OnlyTheDocumentedGlobalCodesAreGlobal) {
  EXPECT_FALSE(isUserCode(0x01C00212));
  EXPECT_FALSE(isUserCode(0x01C0018A));
  EXPECT_TRUE(isUserCode(0x01800004));
  EXPECT_TRUE(isUserCode(0xDD815955));
  EXPECT_TRUE(isUserCode(0x01600004));  // the true bit 21
}

TEST(CC_21, AndRA_156_InternalCodesAreRecognised) {
  EXPECT_TRUE(isInternalCode(code::kResourceDelete));
  EXPECT_FALSE(isInternalCode(0x01000029));
  EXPECT_FALSE(isInternalCode(0xDD915955));  // a user code may have any bit
}

TEST(CC_22, AGroupCodeIsUnknownToTheResourceFunction) {
  EXPECT_FALSE(findControl(ObjectKind::Resource, 0x03000029));
  EXPECT_TRUE(findControl(ObjectKind::Group, 0x03000029));
  EXPECT_FALSE(findControl(ObjectKind::Cluster, 0x07000029));  // a cluster has no GET_NAME
}

TEST(CC_50, AndCC_51_IdentityAndCheckpointsNeverReachADll) {
  for (const std::uint32_t word : {0x01000029u, 0x0100002Du, 0x01000039u}) {
    EXPECT_EQ(findControl(ObjectKind::Resource, word)->handler, Handler::Service);
  }
  for (const std::uint32_t word : {0x014000A2u, 0x014000A6u, 0x010000A9u}) {
    EXPECT_FALSE(findControl(ObjectKind::Resource, word));
  }
}

TEST(Payloads, setAndValidateTakeAList) {
  EXPECT_TRUE(takesPropertyList(0x0140005E));
  EXPECT_TRUE(takesPropertyList(0x07000089));
  EXPECT_FALSE(takesPropertyList(0x01000059));
  EXPECT_FALSE(takesPropertyList(0x80400086));  // a user code that looks like one
  EXPECT_TRUE(isModifyingCode(0x0140005E));
  EXPECT_FALSE(isModifyingCode(0x01000061));
}

TEST(CC_114, AListIsConvertedOnceEachWay) {
  const PropertyList list{propertyOf("Path", Value::sz("/srv")), propertyOf("Names", Value::multiSz({"a", "b"}))};
  const Bytes canonical = writePropertyList(list, Width::Canonical);
  const Bytes native = writePropertyList(list, Width::Native);
  EXPECT_EQ(convertPayload(Payload::Properties, canonical, Width::Canonical, Width::Native), native);
  EXPECT_EQ(convertPayload(Payload::Properties, native, Width::Native, Width::Canonical), canonical);
  EXPECT_EQ(convertPayload(Payload::Properties, Bytes{1, 0, 0, 0}, Width::Native, Width::Canonical).error(),
            status::kInsufficientBuffer);
}

TEST(Payloads, convertsStringsWithAllTheirNuls) {
  Bytes native, canonical;
  appendMultiSz(native, {"a", "bc"}, Width::Native);
  appendMultiSz(canonical, {"a", "bc"}, Width::Canonical);
  EXPECT_EQ(convertPayload(Payload::MultiSz, native, Width::Native, Width::Canonical), canonical);
  EXPECT_EQ(convertPayload(Payload::Sz, Bytes{1, 2, 3}, Width::Native, Width::Canonical).error(), status::kInvalidData);
}

TEST(Payloads, convertsFormatListsAndValueLists) {
  const std::vector<PropertyFormat> formats{{"Port", Format::Dword}, {"Path", Format::ExpandSz}};
  EXPECT_EQ(convertPayload(Payload::Formats, writeFormatList(formats, Width::Native), Width::Native, Width::Canonical),
            writeFormatList(formats, Width::Canonical));
  const std::vector<RequiredDependency> needed{std::string("IP Address")};
  EXPECT_EQ(convertPayload(Payload::ValueList, writeRequiredDependencies(needed, Width::Native), Width::Native,
                           Width::Canonical),
            writeRequiredDependencies(needed, Width::Canonical));
}

TEST(CC_115, OpaqueBuffersAreNeverConverted) {
  const Bytes looksLikeAList = writePropertyList({propertyOf("A", Value::dword(1))}, Width::Native);
  EXPECT_EQ(convertPayload(Payload::Opaque, looksLikeAList, Width::Native, Width::Canonical), looksLikeAList);
  EXPECT_EQ(convertPayload(Payload::Structure, looksLikeAList, Width::Native, Width::Canonical), looksLikeAList);
}

}  // namespace
}  // namespace holdfast::properties
