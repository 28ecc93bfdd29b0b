// GetComputerNameExW.
#include <unistd.h>
#include <windows.h>

#include <array>
#include <cstdlib>
#include <cwchar>
#include <cwctype>
#include <string>

#include "sdk/winapi/system_error.h"
#include "sdk/winapi/unicode.h"

using namespace holdfast::winapi;

namespace {

std::string machineName() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("localhost");
}

/// The name of that form; `physical` ignores the network name that the cluster put into the environment.
std::wstring nameOf(COMPUTER_NAME_FORMAT form, bool physical) {
  const std::string machine = machineName();
  std::string host = machine.substr(0, machine.find('.'));
  const std::string domain = machine.size() > host.size() ? machine.substr(host.size() + 1) : std::string();
  const char* network = std::getenv("_CLUSTER_NETWORK_NAME_");
  if (!physical && network != nullptr && *network != 0) host = network;
  switch (form) {
    case ComputerNameDnsDomain:
      return toWide(domain);
    case ComputerNameDnsFullyQualified:
      return toWide(domain.empty() ? host : host + "." + domain);
    case ComputerNameNetBIOS: {
      std::wstring name = toWide(host).substr(0, MAX_COMPUTERNAME_LENGTH);
      for (wchar_t& character : name) {
        character = character >= L'a' && character <= L'z' ? character - (L'a' - L'A') : character;
      }
      return name;
    }
    default:
      return toWide(host);
  }
}

BOOL give(const std::wstring& name, LPWSTR buffer, LPDWORD size, DWORD tooSmall) {
  const auto needed = static_cast<DWORD>(name.size() + 1);
  if (buffer == nullptr || *size < needed) {
    *size = needed;
    return fail<BOOL>(tooSmall, FALSE);
  }
  std::wmemcpy(buffer, name.c_str(), needed);
  *size = needed - 1;
  return TRUE;
}

}  // namespace

BOOL WINAPI GetComputerNameExW(COMPUTER_NAME_FORMAT NameType, LPWSTR lpBuffer, LPDWORD nSize) {
  if (nSize == nullptr || NameType < ComputerNameNetBIOS || NameType >= ComputerNameMax) {
    return fail<BOOL>(ERROR_INVALID_PARAMETER, FALSE);
  }
  return guarded<BOOL>(FALSE, [&] {
    const bool physical = NameType >= ComputerNamePhysicalNetBIOS;
    const int form = physical ? NameType - ComputerNamePhysicalNetBIOS : NameType - ComputerNameNetBIOS;
    return give(nameOf(static_cast<COMPUTER_NAME_FORMAT>(form), physical), lpBuffer, nSize, ERROR_MORE_DATA);
  });
}

BOOL WINAPI GetComputerNameW(LPWSTR lpBuffer, LPDWORD nSize) {
  if (nSize == nullptr) return fail<BOOL>(ERROR_INVALID_PARAMETER, FALSE);
  return guarded<BOOL>(
      FALSE, [&] { return give(nameOf(ComputerNameNetBIOS, false), lpBuffer, nSize, ERROR_BUFFER_OVERFLOW); });
}
