// Taking the value that a cursor into a list stands on (PR §10.2).
#include <resapi.h>

#include <cstring>
#include <cwchar>

#include "sdk/resutils/value.h"

using namespace holdfast::resutils;

namespace {

// The value under a cursor, and the cursor, moved when all is well.
class Taken {
 public:
  Taken(const void* value, LPBYTE* list, LPDWORD left_bytes)
      : value_(static_cast<const BYTE*>(value)), list_(list), left_bytes_(left_bytes) {}

  // ERROR_INVALID_PARAMETER: another format, a length that does not fit it, or more than the list has left.
  DWORD check(DWORD format) {
    if (!value_ || !list_ || !*list_ || !left_bytes_) return ERROR_BAD_ARGUMENTS;
    if (*left_bytes_ < sizeof(CLUSPROP_VALUE)) return ERROR_INVALID_PARAMETER;
    CLUSPROP_VALUE head;
    std::memcpy(&head, value_, sizeof head);
    size_bytes_ = head.cbLength;
    if (head.Syntax.dw != CLUSPROP_SYNTAX_VALUE(CLUSPROP_TYPE_LIST_VALUE, format)) return ERROR_INVALID_PARAMETER;
    if (advance_bytes() > *left_bytes_) return ERROR_INVALID_PARAMETER;
    return wellFormed(format, data(), size_bytes_) ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
  }

  const BYTE* data() const { return value_ + sizeof(CLUSPROP_VALUE); }
  DWORD size_bytes() const { return size_bytes_; }

  void advance() {
    *list_ += advance_bytes();
    *left_bytes_ -= static_cast<DWORD>(advance_bytes());
  }

 private:
  std::size_t advance_bytes() const {
    return sizeof(CLUSPROP_VALUE) + ALIGN_CLUSPROP(static_cast<std::size_t>(size_bytes_));
  }

  const BYTE* value_;
  LPBYTE* list_;
  LPDWORD left_bytes_;
  DWORD size_bytes_ = 0;
};

// A copy in *out in place of what was there, unless that is the caller's old value.
void replace(LPBYTE* out, const void* old, const Taken& taken) {
  const LPBYTE copy = localCopy(taken.data(), taken.size_bytes());
  if (*out != old) LocalFree(*out);
  *out = copy;
}

DWORD takeBytes(DWORD format, LPBYTE* out, LPDWORD outSize_bytes, const void* value, const void* old,
                DWORD oldSize_bytes, LPBYTE* list, LPDWORD left_bytes) {
  return guarded([&]() -> DWORD {
    Taken taken(value, list, left_bytes);
    if (const DWORD status = taken.check(format)) return status;
    const bool equal = old && oldSize_bytes == taken.size_bytes() && std::memcmp(old, taken.data(), oldSize_bytes) == 0;
    if (!equal && out) {
      replace(out, old, taken);
      if (outSize_bytes) *outSize_bytes = taken.size_bytes();
    }
    taken.advance();
    return ERROR_SUCCESS;
  });
}

ULONGLONG comparable(const FILETIME& time) {
  return static_cast<ULONGLONG>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}
DWORD comparable(DWORD number) { return number; }
LONG comparable(LONG number) { return number; }

template <class Number>
DWORD takeNumber(DWORD format, Number* out, const void* value, const Number& old, const Number& minimum,
                 const Number& maximum, LPBYTE* list, LPDWORD left_bytes) {
  return guarded([&]() -> DWORD {
    if (!out) return ERROR_BAD_ARGUMENTS;
    Taken taken(value, list, left_bytes);
    if (const DWORD status = taken.check(format)) return status;
    Number number;
    std::memcpy(&number, taken.data(), sizeof number);
    const auto least = comparable(minimum);
    const auto most = comparable(maximum);
    const auto found = comparable(number);
    if ((least != 0 || most != 0) && (found < least || found > most)) return ERROR_INVALID_PARAMETER;
    if (found != comparable(old)) *out = number;
    taken.advance();
    return ERROR_SUCCESS;
  });
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilGetBinaryProperty(LPBYTE* out, LPDWORD outSize_bytes, const PCLUSPROP_BINARY value,
                                      const LPBYTE old, DWORD oldSize_bytes, LPBYTE* list, LPDWORD left_bytes) {
  return takeBytes(CLUSPROP_FORMAT_BINARY, out, outSize_bytes, value, old, oldSize_bytes, list, left_bytes);
}

DWORD WINAPI ResUtilGetSzProperty(LPWSTR* out, const PCLUSPROP_SZ value, LPCWSTR old, LPBYTE* list,
                                  LPDWORD left_bytes) {
  const auto oldSize_bytes = static_cast<DWORD>(old ? (std::wcslen(old) + 1) * sizeof(WCHAR) : 0);
  LPBYTE result = out ? reinterpret_cast<LPBYTE>(*out) : nullptr;
  const DWORD status =
      takeBytes(CLUSPROP_FORMAT_SZ, out ? &result : nullptr, nullptr, value, old, oldSize_bytes, list, left_bytes);
  if (out) *out = reinterpret_cast<LPWSTR>(result);
  return status;
}

DWORD WINAPI ResUtilGetMultiSzProperty(LPWSTR* out, LPDWORD outSize_bytes, const PCLUSPROP_SZ value, LPCWSTR old,
                                       DWORD oldSize_bytes, LPBYTE* list, LPDWORD left_bytes) {
  LPBYTE result = out ? reinterpret_cast<LPBYTE>(*out) : nullptr;
  const DWORD status = takeBytes(CLUSPROP_FORMAT_MULTI_SZ, out ? &result : nullptr, outSize_bytes, value, old,
                                 oldSize_bytes, list, left_bytes);
  if (out) *out = reinterpret_cast<LPWSTR>(result);
  return status;
}

DWORD WINAPI ResUtilGetDwordProperty(LPDWORD out, const PCLUSPROP_DWORD value, DWORD old, DWORD minimum, DWORD maximum,
                                     LPBYTE* list, LPDWORD left_bytes) {
  return takeNumber(CLUSPROP_FORMAT_DWORD, out, value, old, minimum, maximum, list, left_bytes);
}

DWORD WINAPI ResUtilGetLongProperty(LPLONG out, const PCLUSPROP_LONG value, LONG old, LONG minimum, LONG maximum,
                                    LPBYTE* list, LPDWORD left_bytes) {
  return takeNumber(CLUSPROP_FORMAT_LONG, out, value, old, minimum, maximum, list, left_bytes);
}

DWORD WINAPI ResUtilGetFileTimeProperty(LPFILETIME out, const PCLUSPROP_FILETIME value, FILETIME old, FILETIME minimum,
                                        FILETIME maximum, LPBYTE* list, LPDWORD left_bytes) {
  return takeNumber(CLUSPROP_FORMAT_FILETIME, out, value, old, minimum, maximum, list, left_bytes);
}

}  // extern "C"
