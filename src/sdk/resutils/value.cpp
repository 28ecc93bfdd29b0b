#include "sdk/resutils/value.h"

#include <algorithm>
#include <cstring>
#include <cwctype>

namespace holdfast::resutils {
namespace {

bool endsInNul(const BYTE* data, std::size_t size_bytes) {
  if (size_bytes == 0 || size_bytes % sizeof(WCHAR) != 0) return false;
  WCHAR last = 0;
  std::memcpy(&last, data + size_bytes - sizeof(WCHAR), sizeof(WCHAR));
  return last == 0;
}

// A program may have stored text without its NUL; what we hand on always has it.
void terminate(Bytes& data) {
  data.resize(data.size() / sizeof(WCHAR) * sizeof(WCHAR));
  if (!endsInNul(data.data(), data.size())) data.insert(data.end(), sizeof(WCHAR), 0);
}

}  // namespace

Value numberValue(DWORD format, const void* number, std::size_t size_bytes) {
  const auto* bytes = static_cast<const BYTE*>(number);
  return {format, Bytes(bytes, bytes + size_bytes)};
}

Value textValue(DWORD format, std::wstring_view text) {
  Value value{format, Bytes((text.size() + 1) * sizeof(WCHAR))};
  if (!text.empty()) std::memcpy(value.data.data(), text.data(), text.size() * sizeof(WCHAR));
  return value;
}

std::wstring textOf(const Bytes& data) {
  std::wstring text(data.size() / sizeof(WCHAR), L'\0');
  if (!text.empty()) std::memcpy(text.data(), data.data(), text.size() * sizeof(WCHAR));
  text.resize(std::min(text.find(L'\0'), text.size()));
  return text;
}

bool isText(DWORD format) {
  return format == CLUSPROP_FORMAT_SZ || format == CLUSPROP_FORMAT_EXPAND_SZ || format == CLUSPROP_FORMAT_EXPANDED_SZ;
}

bool isSized(DWORD format) {
  return format == CLUSPROP_FORMAT_BINARY || format == CLUSPROP_FORMAT_MULTI_SZ ||
         format == CLUSPROP_FORMAT_SECURITY_DESCRIPTOR;
}

std::size_t fixedSize_bytes(DWORD format) {
  switch (format) {
    case CLUSPROP_FORMAT_WORD:
      return 2;
    case CLUSPROP_FORMAT_DWORD:
    case CLUSPROP_FORMAT_LONG:
      return 4;
    case CLUSPROP_FORMAT_ULARGE_INTEGER:
    case CLUSPROP_FORMAT_LARGE_INTEGER:
    case CLUSPROP_FORMAT_FILETIME:
      return 8;
    default:
      return 0;
  }
}

bool wellFormed(DWORD format, const BYTE* data, std::size_t size_bytes) {
  if (const std::size_t fixed = fixedSize_bytes(format)) return size_bytes == fixed;
  if (isText(format) || format == CLUSPROP_FORMAT_MULTI_SZ) return endsInNul(data, size_bytes);
  return true;
}

DWORD registryType(DWORD format) {
  switch (format) {
    case CLUSPROP_FORMAT_BINARY:
    case CLUSPROP_FORMAT_SECURITY_DESCRIPTOR:
      return REG_BINARY;
    case CLUSPROP_FORMAT_DWORD:
    case CLUSPROP_FORMAT_LONG:
      return REG_DWORD;
    case CLUSPROP_FORMAT_SZ:
      return REG_SZ;
    case CLUSPROP_FORMAT_EXPAND_SZ:
      return REG_EXPAND_SZ;
    case CLUSPROP_FORMAT_MULTI_SZ:
      return REG_MULTI_SZ;
    case CLUSPROP_FORMAT_ULARGE_INTEGER:
    case CLUSPROP_FORMAT_LARGE_INTEGER:
    case CLUSPROP_FORMAT_FILETIME:
      return REG_QWORD;
    default:
      return REG_NONE;
  }
}

std::optional<Value> fromStored(const Stored& stored) {
  switch (stored.type) {
    case REG_BINARY:
      return fromStored(stored, CLUSPROP_FORMAT_BINARY);
    case REG_DWORD:
      return fromStored(stored, CLUSPROP_FORMAT_DWORD);
    case REG_SZ:
      return fromStored(stored, CLUSPROP_FORMAT_SZ);
    case REG_EXPAND_SZ:
      return fromStored(stored, CLUSPROP_FORMAT_EXPAND_SZ);
    case REG_MULTI_SZ:
      return fromStored(stored, CLUSPROP_FORMAT_MULTI_SZ);
    case REG_QWORD:
      return fromStored(stored, CLUSPROP_FORMAT_ULARGE_INTEGER);
    default:
      return std::nullopt;
  }
}

std::optional<Value> fromStored(const Stored& stored, DWORD format) {
  if (stored.type != registryType(format)) return std::nullopt;
  Value value{format, stored.data};
  if (isText(format) || format == CLUSPROP_FORMAT_MULTI_SZ) terminate(value.data);
  if (!wellFormed(format, value.data.data(), value.data.size())) return std::nullopt;
  return value;
}

Stored toStored(const Value& value) { return {registryType(value.format), value.data}; }

bool sameName(std::wstring_view one, std::wstring_view other) {
  return std::ranges::equal(one, other, [](wchar_t a, wchar_t b) {
    return a == b || std::towlower(static_cast<wint_t>(a)) == std::towlower(static_cast<wint_t>(b));
  });
}

}  // namespace holdfast::resutils
