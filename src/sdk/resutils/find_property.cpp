// Finding a property in a list by its name (PR §10.1).
#include <resapi.h>

#include <cstring>

#include "sdk/resutils/environment.h"
#include "sdk/resutils/list_reader.h"

using namespace holdfast::resutils;

namespace {

// The property of that name. ERROR_INVALID_DATA: the list is malformed, in whatever way.
DWORD find(const void* bytes, DWORD size_bytes, LPCWSTR name, List& list, const ListProperty*& property) {
  if (!bytes || !name) return ERROR_BAD_ARGUMENTS;
  if (readList(bytes, size_bytes, list) != ERROR_SUCCESS) return ERROR_INVALID_DATA;
  property = list.find(name);
  return property ? ERROR_SUCCESS : ERROR_FILE_NOT_FOUND;
}

DWORD findText(const void* bytes, DWORD size_bytes, LPCWSTR name, DWORD format, LPWSTR* out) {
  return guarded([&]() -> DWORD {
    List list;
    const ListProperty* property = nullptr;
    if (const DWORD status = find(bytes, size_bytes, name, list, property)) return status;
    if (!property->first().isValueOf(format)) return ERROR_INVALID_DATA;
    if (out) *out = reinterpret_cast<LPWSTR>(localCopy(property->first().data, property->first().size_bytes));
    return ERROR_SUCCESS;
  });
}

DWORD findBytes(const void* bytes, DWORD size_bytes, LPCWSTR name, DWORD format, LPBYTE* out, LPDWORD outSize_bytes) {
  return guarded([&]() -> DWORD {
    List list;
    const ListProperty* property = nullptr;
    if (const DWORD status = find(bytes, size_bytes, name, list, property)) return status;
    const ListEntry& entry = property->first();
    if (!entry.isValueOf(format)) return ERROR_INVALID_DATA;
    if (out) *out = localCopy(entry.data, entry.size_bytes);
    if (outSize_bytes) *outSize_bytes = entry.size_bytes;
    return ERROR_SUCCESS;
  });
}

template <class Number>
DWORD findNumber(const void* bytes, DWORD size_bytes, LPCWSTR name, DWORD format, Number* out) {
  return guarded([&]() -> DWORD {
    List list;
    const ListProperty* property = nullptr;
    if (const DWORD status = find(bytes, size_bytes, name, list, property)) return status;
    if (!property->first().isValueOf(format)) return ERROR_INVALID_DATA;
    if (out) std::memcpy(out, property->first().data, sizeof *out);
    return ERROR_SUCCESS;
  });
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilFindSzProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, LPWSTR* out) {
  return findText(list, size_bytes, name, CLUSPROP_FORMAT_SZ, out);
}

DWORD WINAPI ResUtilFindExpandSzProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, LPWSTR* out) {
  return findText(list, size_bytes, name, CLUSPROP_FORMAT_EXPAND_SZ, out);
}

DWORD WINAPI ResUtilFindExpandedSzProperty(const PVOID bytes, DWORD size_bytes, LPCWSTR name, LPWSTR* out) {
  return guarded([&]() -> DWORD {
    List list;
    const ListProperty* property = nullptr;
    if (const DWORD status = find(bytes, size_bytes, name, list, property)) return status;
    for (const ListEntry& entry : property->values) {
      if (!entry.isValueOf(CLUSPROP_FORMAT_EXPANDED_SZ)) continue;
      if (out) *out = reinterpret_cast<LPWSTR>(localCopy(entry.data, entry.size_bytes));
      return ERROR_SUCCESS;
    }
    if (!property->first().isValueOf(CLUSPROP_FORMAT_EXPAND_SZ)) return ERROR_INVALID_DATA;
    const std::wstring expanded = expandEnvironment(textOf(property->first().value().data));
    if (out) *out = reinterpret_cast<LPWSTR>(localCopy(expanded.c_str(), (expanded.size() + 1) * sizeof(WCHAR)));
    return ERROR_SUCCESS;
  });
}

DWORD WINAPI ResUtilFindMultiSzProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, LPWSTR* out,
                                        LPDWORD outSize_bytes) {
  LPBYTE found = nullptr;
  const DWORD status =
      findBytes(list, size_bytes, name, CLUSPROP_FORMAT_MULTI_SZ, out ? &found : nullptr, outSize_bytes);
  if (status == ERROR_SUCCESS && out) *out = reinterpret_cast<LPWSTR>(found);
  return status;
}

DWORD WINAPI ResUtilFindBinaryProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, LPBYTE* out,
                                       LPDWORD outSize_bytes) {
  return findBytes(list, size_bytes, name, CLUSPROP_FORMAT_BINARY, out, outSize_bytes);
}

DWORD WINAPI ResUtilFindDwordProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, LPDWORD out) {
  return findNumber(list, size_bytes, name, CLUSPROP_FORMAT_DWORD, out);
}

DWORD WINAPI ResUtilFindLongProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, LPLONG out) {
  return findNumber(list, size_bytes, name, CLUSPROP_FORMAT_LONG, out);
}

DWORD WINAPI ResUtilFindULargeIntegerProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, PULONGLONG out) {
  return findNumber(list, size_bytes, name, CLUSPROP_FORMAT_ULARGE_INTEGER, out);
}

DWORD WINAPI ResUtilFindFileTimeProperty(const PVOID list, DWORD size_bytes, LPCWSTR name, LPFILETIME out) {
  return findNumber(list, size_bytes, name, CLUSPROP_FORMAT_FILETIME, out);
}

}  // extern "C"
