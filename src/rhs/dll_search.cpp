#include "rhs/dll_search.h"

#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <memory>

#include "rhs/status_codes.h"

namespace holdfast::rhs {

namespace {

constexpr const char* kSystemFolders[] = {"/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib"};

std::string canonical(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? real.get() : "";
}

bool isFile(const std::string& path) {
  struct stat found{};
  return ::stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode);
}

std::vector<std::string> spellings(const std::string& name) {
  std::vector<std::string> names{name};
  const auto dot = name.rfind('.');
  const auto ending = dot == std::string::npos ? "" : name.substr(dot);
  if (ending == ".dll" || ending == ".DLL" || ending == ".Dll") {
    names.push_back(name.substr(0, dot) + ".so");
  } else if (name.find(".so") == std::string::npos) {
    names.push_back(name + ".so");
  }
  for (std::size_t i = 0, count = names.size(); i < count; ++i) names.push_back("lib" + names[i]);
  return names;
}

// Of one file or folder; `what` names it.
std::string refusalOfOne(const std::string& path) {
  struct stat found{};
  if (::lstat(path.c_str(), &found) != 0) return path + " cannot be examined";
  const bool ours = found.st_uid == 0 || found.st_uid == ::geteuid();
  if (!ours) return path + " belongs to another user: give it to root";
  const bool othersWrite = (found.st_mode & (S_IWGRP | S_IWOTH)) != 0;
  const bool sticky = S_ISDIR(found.st_mode) && (found.st_mode & S_ISVTX) != 0;
  if (othersWrite && !sticky) return path + " can be written by others: chmod go-w";
  return "";
}

}  // namespace

std::string refusalOf(const std::string& path) {
  for (auto part = path; !part.empty(); part = part.substr(0, part.rfind('/'))) {
    if (auto refusal = refusalOfOne(part); !refusal.empty()) return refusal;
  }
  return refusalOfOne("/");
}

std::vector<std::string> splitPath(std::string_view value) {
  std::vector<std::string> parts;
  while (!value.empty()) {
    const auto part = value.substr(0, value.find(':'));
    if (!part.empty()) parts.emplace_back(part);
    value.remove_prefix(part.size());
    if (!value.empty()) value.remove_prefix(1);
  }
  return parts;
}

FoundDll findDll(const std::string& dllName, const std::vector<std::string>& folders) {
  std::vector<std::string> candidates;
  const auto addFrom = [&](const std::string& folder) {
    for (const auto& name : spellings(dllName)) candidates.push_back(folder + "/" + name);
  };
  if (dllName.starts_with('/')) {
    candidates.push_back(dllName);
  } else if (dllName.empty() || dllName.find('/') != std::string::npos) {
    return {"", kModuleNotFound, "\"" + dllName + "\" is neither an absolute path nor a bare file name"};
  } else {
    for (const auto& folder : folders) addFrom(folder);
    for (const auto* folder : kSystemFolders) addFrom(folder);
  }
  for (const auto& candidate : candidates) {
    if (!isFile(candidate)) continue;
    const auto path = canonical(candidate);
    if (path.empty()) continue;
    if (auto refusal = refusalOf(path); !refusal.empty()) return {"", kAccessDenied, "not loaded, because " + refusal};
    return {path, 0, ""};
  }
  std::string looked;
  for (const auto& folder : folders) looked += " " + folder;
  return {"", kModuleNotFound,
          dllName + " is not there; looked in" + (looked.empty() ? " the system folders" : looked)};
}

}  // namespace holdfast::rhs
