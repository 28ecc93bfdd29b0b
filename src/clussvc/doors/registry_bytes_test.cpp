#include "clussvc/doors/registry_bytes.h"

#include <gtest/gtest.h>

namespace holdfast::clussvc::doors {

using database::Value;

namespace {

std::string native(const std::wstring& text) {
  return {reinterpret_cast<const char*>(text.data()), text.size() * sizeof(wchar_t)};
}

}  // namespace

TEST(RegistryBytes, everyTypeComesBackAsItWent) {
  for (const Value& value : {Value::sz(""), Value::sz("Zwölf Boxkämpfer 🥊 €"), Value::expandSz("%PATH%"),
                             Value::dword(0xDEADBEEF), Value::qword(0x0123456789ABCDEFu), Value::binary({0, 1, 0xFF}),
                             Value::binary({}), Value::multiSz({}), Value::multiSz({"a", "zwölf", "c"})}) {
    const auto back = fromNativeBytes(static_cast<std::uint32_t>(value.type), toNativeBytes(value));
    ASSERT_TRUE(back.has_value()) << back.error().subject;
    EXPECT_EQ(*back, value);
  }
}

TEST(RegistryBytes, textIsWideAndTerminated) {
  EXPECT_EQ(toNativeBytes(Value::sz("ä🥊")), native(std::wstring(L"ä🥊\0", 3)));
  EXPECT_EQ(toNativeBytes(Value::multiSz({"a", "b"})), native(std::wstring(L"a\0b\0\0", 5)));
  EXPECT_EQ(toNativeBytes(Value::multiSz({})).size(), 8u);
}

TEST(RegistryBytes, aMissingTerminatorIsNoErrorAndMoreAreCutOff) {
  EXPECT_EQ(*fromNativeBytes(1, native(L"text")), Value::sz("text"));
  EXPECT_EQ(*fromNativeBytes(1, native(std::wstring(L"text\0more\0", 10))), Value::sz("text"));
  EXPECT_EQ(*fromNativeBytes(1, ""), Value::sz(""));
  EXPECT_EQ(*fromNativeBytes(7, native(std::wstring(L"a\0b", 3))), Value::multiSz({"a", "b"}));
  EXPECT_EQ(*fromNativeBytes(7, native(std::wstring(L"a\0\0b\0", 5))), Value::multiSz({"a"}));
}

TEST(RegistryBytes, whatTheTypeCannotHaveIsRefused) {
  EXPECT_EQ(fromNativeBytes(4, "abc").error().code, 13u);
  EXPECT_EQ(fromNativeBytes(11, "abcd").error().code, 13u);
  EXPECT_EQ(fromNativeBytes(1, "abc").error().code, 13u);
  EXPECT_EQ(fromNativeBytes(7, std::string("\x00\xD8\x00\x00", 4)).error().code, 1113u) << "half a surrogate pair";
  EXPECT_EQ(fromNativeBytes(1, "\xFF\xFF\xFF\x7F").error().code, 1113u);
  EXPECT_EQ(fromNativeBytes(0, "").error().code, 87u);
  EXPECT_EQ(fromNativeBytes(8, "").error().code, 87u);
}

}  // namespace holdfast::clussvc::doors
