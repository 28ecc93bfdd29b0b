// The file of a named object in the object folder (P-43). Holders keep a shared lock on it, which ends with them
// however they end: a file that nobody has locked is left over and counts as absent.
#pragma once

#include <windows.h>

#include <memory>
#include <string>

#include "sdk/winapi/shared_state.h"

namespace holdfast::winapi {

/// A name as the file of the folder that it stands for.
struct ObjectName {
  std::wstring text;  ///< without Global\ or Local\ .
  std::string folder;
  std::string path;
};

/// Sets `name`; ERROR_FILENAME_EXCED_RANGE, ERROR_PATH_NOT_FOUND or ERROR_INVALID_NAME for a name that cannot be one.
DWORD parseObjectName(const wchar_t* text, ObjectName& name);

class NamedFile {
 public:
  struct Opened {
    std::unique_ptr<NamedFile> file;  ///< null on error
    bool created = false;
    DWORD error = ERROR_SUCCESS;
  };

  /// Opens the object of that name and kind, or makes it with `initial` where that is not null.
  /// ERROR_FILE_NOT_FOUND without one, ERROR_INVALID_HANDLE when the name is that of another kind.
  static Opened open(const ObjectName& name, SharedKind kind, const ObjectState* initial);

  /// The last holder takes the file away.
  ~NamedFile();
  NamedFile(const NamedFile&) = delete;
  NamedFile& operator=(const NamedFile&) = delete;

  SharedState& shared() { return shared_; }
  ObjectState& state() { return shared_->state; }
  int descriptor() const { return descriptor_; }

  /// Tells the other processes that listen that the state has changed.
  void ring();

 private:
  NamedFile(const ObjectName& name, int descriptor, SharedLayout* layout, std::uint64_t order)
      : name_(name), descriptor_(descriptor), layout_(layout), shared_(layout, order) {}
  static Opened attach(const ObjectName& name, SharedKind kind, int descriptor);
  static Opened create(const ObjectName& name, SharedKind kind, const ObjectState& initial);

  const ObjectName name_;
  const int descriptor_;
  SharedLayout* const layout_;
  SharedState shared_;
};

}  // namespace holdfast::winapi
