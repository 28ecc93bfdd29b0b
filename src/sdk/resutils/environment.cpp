#include "sdk/resutils/environment.h"

#include <resapi.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>

#include "sdk/resutils/cluster_objects.h"
#include "sdk/resutils/value.h"

namespace holdfast::resutils {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::wstring_view kNetworkName = L"_CLUSTER_NETWORK_NAME_";

// Bytes of the sequence that starts with `lead`, 0 if none starts so.
std::size_t sequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

// One character at `text`, whose length goes to `used`; a byte that is no UTF-8 becomes U+FFFD.
char32_t decodeOne(std::string_view text, std::size_t& used) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = sequenceLength(lead);
  used = 1;
  if (length == 1) return lead;
  if (length == 0 || length > text.size()) return kReplacement;
  char32_t character = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return kReplacement;
    character = character << 6 | (next & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = character >= 0xD800 && character < 0xE000;
  if (character < kSmallest[length] || surrogate || character > 0x10FFFF) return kReplacement;
  used = length;
  return character;
}

void encodeOne(char32_t character, std::string& out) {
  if (character > 0x10FFFF || (character >= 0xD800 && character < 0xE000)) character = kReplacement;
  const auto tail = [&](unsigned shift) { return static_cast<char>(0x80 | (character >> shift & 0x3F)); };
  if (character < 0x80) {
    out.push_back(static_cast<char>(character));
  } else if (character < 0x800) {
    out.push_back(static_cast<char>(0xC0 | character >> 6));
    out.push_back(tail(0));
  } else if (character < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | character >> 12));
    out.push_back(tail(6));
    out.push_back(tail(0));
  } else {
    out.push_back(static_cast<char>(0xF0 | character >> 18));
    out.push_back(tail(12));
    out.push_back(tail(6));
    out.push_back(tail(0));
  }
}

// Name of the network that the resource depends on, at any distance. ERROR_NO_MORE_ITEMS: there is none.
DWORD networkName(HRESOURCE resource, std::wstring& name) {
  const LocalCluster cluster;
  if (!cluster.get()) return GetLastError();
  const Resource provider(ResUtilGetResourceDependencyByName(cluster.get(), resource, CLUS_RESTYPE_NAME_NETNAME, TRUE));
  if (!provider) return GetLastError();
  return controlText(provider.get(), CLUSCTL_RESOURCE_GET_NETWORK_NAME, name);
}

}  // namespace

std::wstring wideFromUtf8(std::string_view text) {
  std::wstring out;
  while (!text.empty()) {
    std::size_t used = 0;
    out.push_back(static_cast<wchar_t>(decodeOne(text, used)));
    text.remove_prefix(used);
  }
  return out;
}

std::string utf8FromWide(std::wstring_view text) {
  std::string out;
  for (const wchar_t character : text) encodeOne(static_cast<char32_t>(character), out);
  return out;
}

std::wstring expandEnvironment(std::wstring_view text) {
  std::wstring out;
  for (;;) {
    const std::size_t open = text.find(L'%');
    out.append(text.substr(0, open));
    if (open == std::wstring_view::npos) return out;
    text.remove_prefix(open);
    const std::size_t close = text.find(L'%', 1);
    if (close == std::wstring_view::npos) return out.append(text);
    const std::string name = utf8FromWide(text.substr(1, close - 1));
    if (const char* value = name.empty() ? nullptr : std::getenv(name.c_str())) {
      out.append(wideFromUtf8(value));
      text.remove_prefix(close + 1);
    } else {  // what looked like the end of a name may be the start of the next
      out.append(text.substr(0, close));
      text.remove_prefix(close);
    }
  }
}

}  // namespace holdfast::resutils

using namespace holdfast::resutils;

extern "C" {

LPWSTR WINAPI ResUtilExpandEnvironmentStrings(LPCWSTR source) {
  LPWSTR result = nullptr;
  const DWORD status = guarded([&]() -> DWORD {
    if (!source) return ERROR_BAD_ARGUMENTS;
    const std::wstring expanded = expandEnvironment(source);
    result = reinterpret_cast<LPWSTR>(localCopy(expanded.c_str(), (expanded.size() + 1) * sizeof(WCHAR)));
    return ERROR_SUCCESS;
  });
  if (status != ERROR_SUCCESS) SetLastError(status);
  return result;
}

LPWSTR WINAPI ResUtilDupString(LPCWSTR source) {
  LPWSTR result = nullptr;
  const DWORD status = guarded([&]() -> DWORD {
    if (!source) return ERROR_BAD_ARGUMENTS;
    result = reinterpret_cast<LPWSTR>(localCopy(source, (std::wcslen(source) + 1) * sizeof(WCHAR)));
    return ERROR_SUCCESS;
  });
  if (status != ERROR_SUCCESS) SetLastError(status);
  return result;
}

LPVOID WINAPI ResUtilGetEnvironmentWithNetName(HRESOURCE resource) {
  LPVOID result = nullptr;
  const DWORD status = guarded([&]() -> DWORD {
    if (!resource) return ERROR_BAD_ARGUMENTS;
    std::wstring name;
    if (const DWORD failed = networkName(resource, name)) return failed;
    std::wstring assignment(kNetworkName);
    assignment.push_back(L'=');
    std::wstring block;
    for (char** variable = environ; variable && *variable; ++variable) {
      const std::wstring entry = wideFromUtf8(*variable);
      if (entry.starts_with(assignment)) continue;
      block.append(entry).push_back(L'\0');
    }
    block.append(assignment).append(name).push_back(L'\0');
    result = localCopy(block.c_str(), (block.size() + 1) * sizeof(WCHAR));
    return ERROR_SUCCESS;
  });
  if (status != ERROR_SUCCESS) SetLastError(status);
  return result;
}

DWORD WINAPI ResUtilFreeEnvironment(LPVOID environment) {
  LocalFree(environment);
  return ERROR_SUCCESS;
}

}  // extern "C"
