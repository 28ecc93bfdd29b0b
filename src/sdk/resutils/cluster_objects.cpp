#include "sdk/resutils/cluster_objects.h"

#include <algorithm>

#include "sdk/resutils/list_reader.h"

namespace holdfast::resutils {
namespace {

constexpr DWORD kFirstTry_characters = 128;
constexpr DWORD kMaxText_characters = 1u << 20;

// Reads names by index until there are no more; `next(index, buffer, &length)` is the function of the enumeration.
template <class Next>
DWORD readNames(Next next, std::vector<std::wstring>& out) {
  std::wstring buffer(kFirstTry_characters, L'\0');
  for (DWORD index = 0;;) {
    auto length = static_cast<DWORD>(buffer.size());
    const DWORD status = next(index, buffer.data(), &length);
    if (status == ERROR_NO_MORE_ITEMS) return ERROR_SUCCESS;
    if (status == ERROR_MORE_DATA && buffer.size() < kMaxText_characters) {
      buffer.assign(std::max<std::size_t>(buffer.size() * 2, length + 1u), L'\0');
      continue;
    }
    if (status != ERROR_SUCCESS) return status;
    out.emplace_back(buffer.c_str());
    ++index;
  }
}

}  // namespace

DWORD controlText(HRESOURCE resource, DWORD code, std::wstring& out) {
  std::wstring buffer(kFirstTry_characters, L'\0');
  for (;;) {
    DWORD size_bytes = 0;
    const DWORD status = ClusterResourceControl(resource, nullptr, code, nullptr, 0, buffer.data(),
                                                static_cast<DWORD>(buffer.size() * sizeof(WCHAR)), &size_bytes);
    if (status == ERROR_MORE_DATA && buffer.size() < kMaxText_characters) {
      buffer.assign(std::max<std::size_t>(buffer.size() * 2, size_bytes / sizeof(WCHAR) + 1), L'\0');
      continue;
    }
    if (status == ERROR_SUCCESS) out = buffer.c_str();
    return status;
  }
}

DWORD resourceClass(HRESOURCE resource, CLUS_RESOURCE_CLASS_INFO& out) {
  DWORD size_bytes = 0;
  return ClusterResourceControl(resource, nullptr, CLUSCTL_RESOURCE_GET_CLASS_INFO, nullptr, 0, &out, sizeof out,
                                &size_bytes);
}

DWORD providerNames(HRESOURCE resource, std::vector<std::wstring>& out) {
  const HRESENUM items = ClusterResourceOpenEnum(resource, CLUSTER_RESOURCE_ENUM_DEPENDS);
  if (!items) return GetLastError();
  const DWORD status = readNames(
      [&](DWORD index, LPWSTR name, LPDWORD length) {
        DWORD kind = 0;
        return ClusterResourceEnum(items, index, &kind, name, length);
      },
      out);
  ClusterResourceCloseEnum(items);
  return status;
}

DWORD resourceNames(HCLUSTER cluster, std::vector<std::wstring>& out) {
  const HCLUSENUM items = ClusterOpenEnum(cluster, CLUSTER_ENUM_RESOURCE);
  if (!items) return GetLastError();
  const DWORD status = readNames(
      [&](DWORD index, LPWSTR name, LPDWORD length) {
        DWORD kind = 0;
        return ClusterEnum(items, index, &kind, name, length);
      },
      out);
  ClusterCloseEnum(items);
  return status;
}

DWORD privateProperties(HRESOURCE resource, Bytes& out) {
  out.resize(kFirstTry_characters * sizeof(WCHAR));
  for (;;) {
    DWORD size_bytes = 0;
    const DWORD status = ClusterResourceControl(resource, nullptr, CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES, nullptr, 0,
                                                out.data(), static_cast<DWORD>(out.size()), &size_bytes);
    if (status == ERROR_MORE_DATA && out.size() < kMaxListSize_bytes) {
      out.resize(std::max<std::size_t>(out.size() * 2, size_bytes));
      continue;
    }
    if (status == ERROR_SUCCESS) out.resize(size_bytes);
    return status;
  }
}

DWORD textProperty(const Bytes& bytes, LPCWSTR name, std::wstring& out) {
  List list;
  if (const DWORD status = readList(bytes.data(), static_cast<DWORD>(bytes.size()), list)) return status;
  const ListProperty* property = list.find(name);
  if (property && property->first().isValueOf(CLUSPROP_FORMAT_SZ)) out = textOf(property->first().value().data);
  return ERROR_SUCCESS;
}

bool sameClass(const CLUS_RESOURCE_CLASS_INFO& wanted, const CLUS_RESOURCE_CLASS_INFO& found) {
  return wanted.rc == found.rc && (wanted.SubClass == 0 || wanted.SubClass == found.SubClass);
}

}  // namespace holdfast::resutils
