#include "sdk/winapi/named_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <filesystem>

#include "sdk/winapi/system_error.h"
#include "sdk/winapi/unicode.h"

namespace holdfast::winapi {
namespace {

constexpr std::uint64_t kMagic = 0x31304A424F464C48;  // "HLFOBJ01": the layout's version is its last digits
constexpr std::size_t kMaximumPlainName = 180;        // bytes; longer ones end in a hash (a file name has at most 255)

/// Only one process at a time opens, makes or takes away files of the folder.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder) {
    const std::string path = folder + "/.lock";
    descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor_ < 0 && errno == ENOENT) {
      makeFolder(folder);
      descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    }
    error_ = descriptor_ < 0 ? errno : 0;
    while (descriptor_ >= 0 && flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~FolderLock() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  int error() const { return error_; }

 private:
  static void makeFolder(const std::string& folder) {
    std::error_code ignored;  // what is wrong shows when the lock is opened
    std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), ignored);
    mkdir(folder.c_str(), 0700);
  }
  int descriptor_ = -1;
  int error_ = 0;
};

std::string fileName(const std::string& utf8) {
  std::string plain;
  for (const char character : utf8) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x21 || character == '/' || character == '%' || (character == '.' && plain.empty()) || byte == 0x7F) {
      constexpr char digits[] = "0123456789ABCDEF";
      plain.append({'%', digits[byte >> 4], digits[byte & 15]});
    } else {
      plain.push_back(character);
    }
  }
  if (plain.size() <= kMaximumPlainName) return plain;
  std::uint64_t hash = 0xCBF29CE484222325;  // FNV-1a; the whole name is in the file, and is compared
  for (const char character : utf8) hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001B3;
  return plain.substr(0, kMaximumPlainName) + "%" + std::to_string(hash);
}

SharedLayout* map(int descriptor) {
  void* address = mmap(nullptr, sizeof(SharedLayout), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  return address == MAP_FAILED ? nullptr : static_cast<SharedLayout*>(address);
}

}  // namespace

DWORD parseObjectName(const wchar_t* text, ObjectName& name) {
  std::wstring_view rest(text);
  for (const std::wstring_view scope : {L"Global\\", L"Local\\"}) {
    if (rest.starts_with(scope)) {
      rest.remove_prefix(scope.size());
      break;
    }
  }
  if (rest.size() > MAX_PATH) return ERROR_FILENAME_EXCED_RANGE;
  if (rest.empty()) return ERROR_INVALID_NAME;
  if (rest.find(L'\\') != std::wstring_view::npos) return ERROR_PATH_NOT_FOUND;
  const auto utf8 = toUtf8Strict(rest);
  if (!utf8) return ERROR_INVALID_NAME;
  const char* folder = std::getenv("HOLDFAST_OBJECTS");
  name.text = rest;
  name.folder = folder != nullptr && *folder != 0 ? folder : "/run/holdfast/objects";
  name.path = name.folder + "/" + fileName(*utf8);
  return ERROR_SUCCESS;
}

NamedFile::Opened NamedFile::open(const ObjectName& name, SharedKind kind, const ObjectState* initial) {
  const FolderLock lock(name.folder);
  if (lock.error() != 0) {
    const bool absent = initial == nullptr && lock.error() == ENOENT;
    return {nullptr, false, absent ? DWORD{ERROR_FILE_NOT_FOUND} : fromErrno(lock.error())};
  }
  const int descriptor = ::open(name.path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (descriptor >= 0) {
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) return attach(name, kind, descriptor);
    unlink(name.path.c_str());  // its last holder was killed
    close(descriptor);
  } else if (errno != ENOENT) {
    return {nullptr, false, fromErrno(errno)};
  }
  if (initial == nullptr) return {nullptr, false, ERROR_FILE_NOT_FOUND};
  return create(name, kind, *initial);
}

NamedFile::Opened NamedFile::attach(const ObjectName& name, SharedKind kind, int descriptor) {
  const auto fail = [descriptor](DWORD error) {
    close(descriptor);
    return Opened{nullptr, false, error};
  };
  struct stat status{};
  if (flock(descriptor, LOCK_SH | LOCK_NB) != 0 || fstat(descriptor, &status) != 0) return fail(fromErrno(errno));
  if (!S_ISREG(status.st_mode) || status.st_size != sizeof(SharedLayout)) return fail(ERROR_REVISION_MISMATCH);
  SharedLayout* layout = map(descriptor);
  if (layout == nullptr) return fail(fromErrno(errno));
  DWORD error = ERROR_SUCCESS;
  if (layout->magic != kMagic) {
    error = ERROR_REVISION_MISMATCH;
  } else if (layout->nameLength != name.text.size() ||
             std::wmemcmp(layout->name, name.text.data(), name.text.size()) != 0) {
    error = ERROR_INVALID_NAME;  // another name with the same hash
  } else if (layout->kind != kind) {
    error = ERROR_INVALID_HANDLE;
  }
  if (error != ERROR_SUCCESS) {
    munmap(layout, sizeof(SharedLayout));
    return fail(error);
  }
  return {std::unique_ptr<NamedFile>(new NamedFile(name, descriptor, layout, status.st_ino)), false, ERROR_SUCCESS};
}

NamedFile::Opened NamedFile::create(const ObjectName& name, SharedKind kind, const ObjectState& initial) {
  const int descriptor = ::open(name.path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return {nullptr, false, fromErrno(errno)};
  const auto fail = [&](int code) {
    unlink(name.path.c_str());
    close(descriptor);
    return Opened{nullptr, false, fromErrno(code)};
  };
  struct stat status{};
  if (flock(descriptor, LOCK_SH | LOCK_NB) != 0 || fstat(descriptor, &status) != 0) return fail(errno);
  // Blocks are taken now: a full file system is an error here, not a signal at the first store.
  if (const int code = posix_fallocate(descriptor, 0, sizeof(SharedLayout)); code != 0) return fail(code);
  SharedLayout* layout = map(descriptor);
  if (layout == nullptr) return fail(errno);
  layout->magic = kMagic;
  layout->kind = kind;
  layout->nameLength = static_cast<std::uint32_t>(name.text.size());
  std::wmemcpy(layout->name, name.text.data(), name.text.size());
  layout->state = initial;
  initialiseGuard(layout->guard);
  return {std::unique_ptr<NamedFile>(new NamedFile(name, descriptor, layout, status.st_ino)), true, ERROR_SUCCESS};
}

NamedFile::~NamedFile() {
  const FolderLock lock(name_.folder);
  munmap(layout_, sizeof(SharedLayout));
  struct stat ours{};
  struct stat there{};
  const bool last = flock(descriptor_, LOCK_EX | LOCK_NB) == 0 && fstat(descriptor_, &ours) == 0;
  if (last && stat(name_.path.c_str(), &there) == 0 && there.st_ino == ours.st_ino) unlink(name_.path.c_str());
  close(descriptor_);
}

void NamedFile::ring() {
  const std::uint8_t byte = 1;
  // It cannot fail but for a system without memory; who listens then learns of the change with the next one.
  [[maybe_unused]] const ssize_t written = pwrite(descriptor_, &byte, 1, offsetof(SharedLayout, ring));
}

}  // namespace holdfast::winapi
