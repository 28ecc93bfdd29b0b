#include "sdk/winapi/wide_printf.h"

#include <cstdint>
#include <string_view>

#include "sdk/winapi/format_spec.h"

namespace holdfast::winapi {
namespace {

void appendConversion(std::wstring& out, FormatSpec spec, va_list* arguments, std::size_t limit) {
  if (spec.starWidth) spec.setWidth(va_arg(*arguments, int));
  if (spec.starPrecision) spec.setPrecision(va_arg(*arguments, int));
  if (spec.isString()) {
    appendString(out, spec, va_arg(*arguments, const void*), limit);
  } else if (!spec.isFloating()) {
    appendInteger(out, spec, spec.is64() ? va_arg(*arguments, std::uint64_t) : va_arg(*arguments, std::uint32_t));
  } else if (spec.size == FormatSpec::Size::LongDouble) {
    appendFloating(out, spec, static_cast<double>(va_arg(*arguments, long double)));
  } else {
    appendFloating(out, spec, va_arg(*arguments, double));
  }
}

}  // namespace

std::wstring widePrintf(const wchar_t* format, va_list* arguments, std::size_t limit) {
  std::wstring out;
  const std::wstring_view text(format);
  for (std::size_t at = 0; at < text.size() && out.size() <= limit;) {
    if (text[at] != L'%') {
      out.push_back(text[at++]);
      continue;
    }
    FormatSpec spec;
    const std::size_t length = parseSpec(text.substr(at + 1), spec);
    if (length != 0) {
      appendConversion(out, spec, arguments, limit + 1);
      at += 1 + length;
    } else {
      out.push_back(L'%');
      at += text.substr(at + 1).starts_with(L'%') ? 2 : 1;
    }
  }
  return out;
}

}  // namespace holdfast::winapi
