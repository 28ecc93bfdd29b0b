// Private properties of a Generic Application, and the environment that they make.
#include <unistd.h>

#include "generic_application.h"

namespace generic_application {

// clang-format off
RESUTIL_PROPERTY_ITEM kPropertyTable[] = {
    {const_cast<LPWSTR>(L"CommandLine"), nullptr, CLUSPROP_FORMAT_SZ, {0}, 0, 0,
     RESUTIL_PROPITEM_REQUIRED, FIELD_OFFSET(Properties, commandLine)},
    {const_cast<LPWSTR>(L"CurrentDirectory"), nullptr, CLUSPROP_FORMAT_SZ, {0}, 0, 0,
     RESUTIL_PROPITEM_REQUIRED, FIELD_OFFSET(Properties, currentDirectory)},
    {const_cast<LPWSTR>(L"InteractWithDesktop"), nullptr, CLUSPROP_FORMAT_DWORD, {0}, 0, 1,
     0, FIELD_OFFSET(Properties, interactWithDesktop)},
    {const_cast<LPWSTR>(L"UseNetworkName"), nullptr, CLUSPROP_FORMAT_DWORD, {0}, 0, 1,
     0, FIELD_OFFSET(Properties, useNetworkName)},
    {nullptr, nullptr, 0, {0}, 0, 0, 0, 0}};
// clang-format on

DWORD validate(Properties const& properties) {
  // RA §18: an absolute path, in which nothing is expanded, or "." for the directory of the cluster service.
  std::wstring const directory = properties.currentDirectory == nullptr ? L"" : properties.currentDirectory;
  bool const isGood = directory.empty() || directory == L"." || directory[0] == L'/';
  return isGood ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER;
}

std::wstring makeEnvironment(std::wstring const& mark, std::wstring const& networkName) {
  std::wstring block;
  auto const isReplaced = [&](std::wstring const& variable) {
    return !networkName.empty() &&
           (variable.rfind(L"CLUSTER_NETWORK_NAME=", 0) == 0 || variable.rfind(L"HOSTNAME=", 0) == 0);
  };
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    int const characters = MultiByteToWideChar(CP_UTF8, 0, *variable, -1, nullptr, 0);
    if (characters <= 1) {
      continue;
    }
    std::wstring text(static_cast<std::size_t>(characters), L'\0');
    MultiByteToWideChar(CP_UTF8, 0, *variable, -1, text.data(), characters);
    text.pop_back();
    if (!isReplaced(text)) {
      block += text + L'\0';
    }
  }
  if (!networkName.empty()) {
    block += L"CLUSTER_NETWORK_NAME=" + networkName + L'\0' + L"HOSTNAME=" + networkName + L'\0';
  }
  return block + mark + L'\0' + L'\0';
}

}  // namespace generic_application
