// From the DllName of a type to the file that may be loaded (RA §15.3, P-33).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace holdfast::rhs {

struct FoundDll {
  std::string path;          ///< canonical; empty if `status` is not 0
  std::uint32_t status = 0;  ///< 126 not found, 5 refused
  std::string reason;        ///< what to do about it, for the cluster log
};

/// An absolute name is that file. A bare one is looked for in `folders`, then where the system keeps libraries, as
/// spelled, with `.dll` turned into `.so`, and each with `lib` before it. The file that is found must pass
/// refusalOf(); it is not looked for further.
FoundDll findDll(const std::string& dllName, const std::vector<std::string>& folders);

/// Why a file must not be loaded, empty if it may: it and every folder above must belong to root or to this user and be
/// writable by nobody else (sticky folders of theirs excepted). `path` is canonical.
std::string refusalOf(const std::string& path);

/// Parts of the variable's value; empty parts are dropped.
std::vector<std::string> splitPath(std::string_view value);

}  // namespace holdfast::rhs
