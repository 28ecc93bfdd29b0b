#include "sdk/winapi/format_message.h"

#include <cstdint>

namespace holdfast::winapi {
namespace {

std::wstring format(const wchar_t* text, ...) {
  va_list arguments;
  va_start(arguments, text);
  const Message message = formatMessage(text, &arguments);
  va_end(arguments);
  return message.text;
}

TEST(RA_184, insertsTakeTheirArgumentsByNumber) {
  EXPECT_EQ(format(L"Open failed for %1!s!, status %2!u! (%3!08x!).\n", L"Clip", 5u, 5u),
            L"Open failed for Clip, status 5 (00000005).\n");
  EXPECT_EQ(format(L"%2 %1 %2!ws! %3!hs!", L"a", L"b", "c"), L"b a b c");
  EXPECT_EQ(format(L"%1!d! %2!+d! %3!I64u! %4!c!", -1, 7, std::uint64_t{1} << 40, L'x'), L"-1 +7 1099511627776 x");
  EXPECT_EQ(format(L"%12!u!", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), L"12");
}

TEST(FormatMessage, starsTakeTheArgumentsBeforeTheValue) {
  EXPECT_EQ(format(L"%1!*.*s! %4 %5!*s!", 4, 2, L"Bill", L"Bob", 6, L"Bill"), L"  Bi Bob   Bill");
  EXPECT_EQ(format(L"[%1!*d!]", -4, 7), L"[7   ]");
}

TEST(FormatMessage, escapesAreTheirCharacters) {
  EXPECT_EQ(format(L"100%% %!x%!%.%b|%t|%r|%n|%x"), L"100% !x!. |\t|\r|\n|x");
  va_list none{};
  MessageOptions options;
  options.lineBreak = L"\r\n";
  const Message ended = formatMessage(L"a%n%0b", &none, options);
  EXPECT_EQ(ended.text, L"a\r\n");
  EXPECT_TRUE(ended.ended);
}

TEST(RA_185, malformedInsertsAreCopiedLiterally) {
  EXPECT_EQ(format(L"%1!s", L"a"), L"%1!s");
  EXPECT_EQ(format(L"%1!q! %1!! %1!", L"a"), L"%1!q! %1!! %1!");
  EXPECT_EQ(format(L"%1!f!", L"a"), L"%1!f!");
  EXPECT_EQ(format(L"%1!sd! 50%", L"a"), L"%1!sd! 50%");
  EXPECT_EQ(format(L"%1!s! %2", nullptr, std::uint64_t{5}), L"(null) (bad pointer)");
  EXPECT_EQ(format(L""), L"");
}

TEST(FormatMessage, lengthIsBoundedWhateverTheFormatAsks) {
  const std::uint64_t arguments[] = {7};
  MessageOptions options;
  options.limit = 500;
  const Message message = formatMessage(L"%1!999999999u!%1!999999999u!", arguments, options);
  EXPECT_EQ(message.text.size(), 500u);
  EXPECT_TRUE(message.cut);
  EXPECT_FALSE(formatMessage(std::wstring(500, L'x'), arguments, options).cut);
}

TEST(FormatMessage, aPrecisionKeepsReadingInsideTheString) {
  const wchar_t text[] = {L'a', L'b', L'c'};  // no NUL
  EXPECT_EQ(format(L"%1!.3s!", text), L"abc");
}

TEST(FormatMessage, insertsStayWhenIgnoredOrWithoutArguments) {
  MessageOptions options;
  options.ignoreInserts = true;
  va_list none{};
  EXPECT_EQ(formatMessage(L"%1 %2!u!%n", &none, options).text, L"%1 %2!u!\n");
  EXPECT_EQ(formatMessage(L"%1", static_cast<const std::uint64_t*>(nullptr)).text, L"%1");
}

}  // namespace
}  // namespace holdfast::winapi
