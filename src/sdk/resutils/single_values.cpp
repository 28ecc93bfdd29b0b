// Single values of the cluster database (PR §11).
#include <resapi.h>

#include <cstring>
#include <cwchar>

#include "sdk/resutils/database.h"
#include "sdk/resutils/environment.h"

using namespace holdfast::resutils;

namespace {

template <class Number>
Stored numberStored(DWORD type, Number number) {
  Stored stored{type, Bytes(sizeof number)};
  std::memcpy(stored.data.data(), &number, sizeof number);
  return stored;
}

Stored textStored(DWORD type, LPCWSTR text) { return {type, textValue(CLUSPROP_FORMAT_SZ, text).data}; }

// C8: a value that is there already is not written again.
DWORD write(HKEY key, LPCWSTR name, const Stored& value) {
  Stored present;
  const DWORD status = readStored(key, {}, name, present);
  if (status == ERROR_SUCCESS && present == value) return ERROR_SUCCESS;
  return ClusterRegSetValue(key, name, value.type, value.data.data(), static_cast<DWORD>(value.data.size()));
}

// Writes, then leaves a copy in *out (may be NULL) in place of what was there: the caller may pass that as the value.
DWORD writeBytes(HKEY key, LPCWSTR name, const Stored& value, LPBYTE* out, LPDWORD outSize_bytes) {
  const LPBYTE copy = out ? localCopy(value.data.data(), value.data.size()) : nullptr;
  const DWORD status = write(key, name, value);
  if (status != ERROR_SUCCESS) {
    LocalFree(copy);
    return status;
  }
  if (out) {
    LocalFree(*out);
    *out = copy;
  }
  if (outSize_bytes) *outSize_bytes = static_cast<DWORD>(value.data.size());
  return ERROR_SUCCESS;
}

DWORD writeText(HKEY key, LPCWSTR name, DWORD type, LPCWSTR text, LPWSTR* out) {
  return guarded([&]() -> DWORD {
    if (!key || !name || !text) return ERROR_BAD_ARGUMENTS;
    LPBYTE result = out ? reinterpret_cast<LPBYTE>(*out) : nullptr;
    const DWORD status = writeBytes(key, name, textStored(type, text), out ? &result : nullptr, nullptr);
    if (out) *out = reinterpret_cast<LPWSTR>(result);
    return status;
  });
}

DWORD readText(HKEY key, LPCWSTR name, bool expand, LPWSTR& out) {
  if (!key || !name) return ERROR_BAD_ARGUMENTS;
  Stored stored;
  if (const DWORD status = readStored(key, {}, name, stored)) return status;
  if (stored.type != REG_SZ && stored.type != REG_EXPAND_SZ) return ERROR_INVALID_DATA;
  std::wstring text = textOf(stored.data);
  if (expand) text = expandEnvironment(text);
  out = reinterpret_cast<LPWSTR>(localCopy(text.c_str(), (text.size() + 1) * sizeof(WCHAR)));
  return ERROR_SUCCESS;
}

LPWSTR textOrLastError(HKEY key, LPCWSTR name, bool expand) {
  LPWSTR out = nullptr;
  const DWORD status = guarded([&] { return readText(key, name, expand, out); });
  if (status != ERROR_SUCCESS) SetLastError(status);
  return out;
}

// The number stored; the default where nothing is. ERROR_INVALID_PARAMETER: not a number of that width.
DWORD readNumber(HKEY key, LPCWSTR name, bool wide, ULONGLONG otherwise, ULONGLONG& out) {
  Stored stored;
  const DWORD status = readStored(key, {}, name, stored);
  out = otherwise;
  if (status == ERROR_FILE_NOT_FOUND) return ERROR_SUCCESS;
  if (status != ERROR_SUCCESS) return status;
  const bool narrow = stored.type == REG_DWORD && stored.data.size() == sizeof(DWORD);
  const bool whole = stored.type == REG_QWORD && stored.data.size() == sizeof(ULONGLONG) && wide;
  if (!narrow && !whole) return ERROR_INVALID_PARAMETER;
  out = 0;
  std::memcpy(&out, stored.data.data(), stored.data.size());
  return ERROR_SUCCESS;
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilGetBinaryValue(HKEY key, LPCWSTR name, LPBYTE* out, LPDWORD outSize_bytes) {
  return guarded([&]() -> DWORD {
    if (!key || !name || !out) return ERROR_BAD_ARGUMENTS;
    Stored stored;
    if (const DWORD status = readStored(key, {}, name, stored)) return status;
    *out = localCopy(stored.data.data(), stored.data.size());
    if (outSize_bytes) *outSize_bytes = static_cast<DWORD>(stored.data.size());
    return ERROR_SUCCESS;
  });
}

LPWSTR WINAPI ResUtilGetSzValue(HKEY key, LPCWSTR name) { return textOrLastError(key, name, false); }

LPWSTR WINAPI ResUtilGetExpandSzValue(HKEY key, LPCWSTR name, BOOL expand) {
  return textOrLastError(key, name, expand != FALSE);
}

DWORD WINAPI ResUtilGetDwordValue(HKEY key, LPCWSTR name, LPDWORD out, DWORD otherwise) {
  return guarded([&]() -> DWORD {
    if (!key || !name || !out) return ERROR_BAD_ARGUMENTS;
    ULONGLONG number = 0;
    const DWORD status = readNumber(key, name, false, otherwise, number);
    if (status == ERROR_SUCCESS) *out = static_cast<DWORD>(number);
    return status;
  });
}

DWORD WINAPI ResUtilGetQwordValue(HKEY key, LPCWSTR name, PULONGLONG out, ULONGLONG otherwise) {
  return guarded([&]() -> DWORD {
    if (!key || !name || !out) return ERROR_BAD_ARGUMENTS;
    ULONGLONG number = 0;
    const DWORD status = readNumber(key, name, true, otherwise, number);
    if (status == ERROR_SUCCESS) *out = number;
    return status;
  });
}

DWORD WINAPI ResUtilSetBinaryValue(HKEY key, LPCWSTR name, const LPBYTE data, DWORD size_bytes, LPBYTE* out,
                                   LPDWORD outSize_bytes) {
  return guarded([&]() -> DWORD {
    if (!key || !name || (!data && size_bytes > 0)) return ERROR_BAD_ARGUMENTS;
    return writeBytes(key, name, {REG_BINARY, Bytes(data, data + size_bytes)}, out, outSize_bytes);
  });
}

DWORD WINAPI ResUtilSetSzValue(HKEY key, LPCWSTR name, LPCWSTR text, LPWSTR* out) {
  return writeText(key, name, REG_SZ, text, out);
}

DWORD WINAPI ResUtilSetExpandSzValue(HKEY key, LPCWSTR name, LPCWSTR text, LPWSTR* out) {
  return writeText(key, name, REG_EXPAND_SZ, text, out);
}

DWORD WINAPI ResUtilSetMultiSzValue(HKEY key, LPCWSTR name, LPCWSTR strings, DWORD size_bytes, LPWSTR* out,
                                    LPDWORD outSize_bytes) {
  return guarded([&]() -> DWORD {
    if (!key || !name || !strings) return ERROR_BAD_ARGUMENTS;
    const auto* data = reinterpret_cast<const BYTE*>(strings);
    if (!wellFormed(CLUSPROP_FORMAT_MULTI_SZ, data, size_bytes)) return ERROR_INVALID_PARAMETER;
    LPBYTE result = out ? reinterpret_cast<LPBYTE>(*out) : nullptr;
    const DWORD status =
        writeBytes(key, name, {REG_MULTI_SZ, Bytes(data, data + size_bytes)}, out ? &result : nullptr, outSize_bytes);
    if (out) *out = reinterpret_cast<LPWSTR>(result);
    return status;
  });
}

DWORD WINAPI ResUtilSetDwordValue(HKEY key, LPCWSTR name, DWORD number, LPDWORD out) {
  return guarded([&]() -> DWORD {
    if (!key || !name) return ERROR_BAD_ARGUMENTS;
    const DWORD status = write(key, name, numberStored(REG_DWORD, number));
    if (status == ERROR_SUCCESS && out) *out = number;
    return status;
  });
}

DWORD WINAPI ResUtilSetQwordValue(HKEY key, LPCWSTR name, ULONGLONG number, PULONGLONG out) {
  return guarded([&]() -> DWORD {
    if (!key || !name) return ERROR_BAD_ARGUMENTS;
    const DWORD status = write(key, name, numberStored(REG_QWORD, number));
    if (status == ERROR_SUCCESS && out) *out = number;
    return status;
  });
}

DWORD WINAPI ResUtilSetValueEx(HKEY key, LPCWSTR name, DWORD type, const BYTE* data, DWORD size_bytes, DWORD flags) {
  return guarded([&]() -> DWORD {
    if (!key || !name || (!data && size_bytes > 0)) return ERROR_BAD_ARGUMENTS;
    if (flags != 0) return ERROR_INVALID_PARAMETER;  // none is documented
    return write(key, name, {type, Bytes(data, data + size_bytes)});
  });
}

}  // extern "C"
