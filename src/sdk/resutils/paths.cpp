// Paths: their form, and making the folders that one names (PR §13).
#include <resapi.h>
#include <sys/stat.h>

#include <cerrno>
#include <cwctype>
#include <string>

#include "sdk/resutils/boundary.h"
#include "sdk/resutils/environment.h"

using namespace holdfast::resutils;

namespace {

constexpr mode_t kFolderMode = 0777;  // less the umask, as mkdir(1) has it

bool hasDrive(std::wstring_view path) {
  return path.size() >= 2 && std::iswalpha(static_cast<wint_t>(path[0])) && path[1] == L':';
}

DWORD codeOf(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
      return ERROR_ACCESS_DENIED;
    case ENOENT:
      return ERROR_PATH_NOT_FOUND;
    case ENOTDIR:
      return ERROR_DIRECTORY;
    case ENAMETOOLONG:
      return ERROR_FILENAME_EXCED_RANGE;
    case ENOSPC:
    case EDQUOT:
      return ERROR_DISK_FULL;
    default:
      return ERROR_BAD_PATHNAME;
  }
}

DWORD makeFolder(const std::string& path) {
  if (::mkdir(path.c_str(), kFolderMode) == 0) return ERROR_SUCCESS;
  const int error = errno;
  struct stat found{};
  if (error == EEXIST) {
    return ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode) ? ERROR_SUCCESS : ERROR_DIRECTORY;
  }
  // A folder above may be ours to pass but not to write in, on a read-only file system for one.
  if (::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) return ERROR_SUCCESS;
  return codeOf(error);
}

// The path as this system writes it: a backslash separates only behind a drive, which itself has no meaning here.
std::string nativePath(std::wstring_view path) {
  if (!hasDrive(path)) return utf8FromWide(path);
  std::string native = utf8FromWide(path.substr(2));
  for (char& character : native) {
    if (character == '\\') character = '/';
  }
  return native;
}

bool allowed(wchar_t character, bool drive) {
  if (character < 0x20 || character == 0x7F) return false;
  return !drive || std::wstring_view(L"<>\"|?*:").find(character) == std::wstring_view::npos;
}

}  // namespace

extern "C" {

DWORD WINAPI ResUtilCreateDirectoryTree(LPCWSTR path) {
  return guarded([&]() -> DWORD {
    if (!path || !*path) return ERROR_BAD_ARGUMENTS;
    if (!ResUtilIsPathValid(path)) return ERROR_BAD_PATHNAME;
    const std::string native = nativePath(path);
    for (std::size_t end = 0; end != std::string::npos;) {
      end = native.find('/', end + 1);
      const std::string part = native.substr(0, end);
      if (part.empty() || part == "/" || part.ends_with("//")) continue;
      if (const DWORD status = makeFolder(part)) return status;
      if (end == native.size() - 1) break;  // a separator at the end
    }
    return ERROR_SUCCESS;
  });
}

BOOL WINAPI ResUtilIsPathValid(LPCWSTR path) {
  if (!path || !*path) return FALSE;
  const std::wstring_view whole(path);
  const bool drive = hasDrive(whole);
  const std::wstring_view rest = drive ? whole.substr(2) : whole;
  if (!drive && !rest.starts_with(L'/')) return FALSE;
  if (drive && !rest.empty() && !rest.starts_with(L'\\') && !rest.starts_with(L'/')) return FALSE;
  for (const wchar_t character : rest) {
    if (!allowed(character, drive)) return FALSE;
  }
  return TRUE;
}

}  // extern "C"
