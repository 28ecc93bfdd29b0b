// The cluster database as libresutils uses it: values read through ClusterReg*, changes written as one batch.
#pragma once

#include <clusapi.h>

#include <string>
#include <vector>

#include "sdk/resutils/value.h"

namespace holdfast::resutils {

/// A sub-key opened for reading; the key itself where `name` is empty. Closed with this object.
class SubKey {
 public:
  SubKey(HKEY key, const std::wstring& name);
  ~SubKey();
  SubKey(const SubKey&) = delete;
  SubKey& operator=(const SubKey&) = delete;

  DWORD status() const { return status_; }
  HKEY get() const { return key_; }

 private:
  HKEY key_ = nullptr;
  bool owned_ = false;
  DWORD status_ = ERROR_SUCCESS;
};

/// The value `name` of `subKey` below `key`. ERROR_FILE_NOT_FOUND: neither the key nor the value is there.
DWORD readStored(HKEY key, const std::wstring& subKey, const std::wstring& name, Stored& out);

struct NamedStored {
  std::wstring name;
  Stored stored;
};

/// All values of `key` itself, in the order of the database.
DWORD readAllStored(HKEY key, std::vector<NamedStored>& out);

/// PR §11.3: `A\B` is value B of sub-key A. ERROR_INVALID_PARAMETER: a part between backslashes is empty.
DWORD splitName(const std::wstring& path, std::wstring& subKey, std::wstring& name);

/// Changes of values below one key, applied together or not at all (C9).
class Changes {
 public:
  /// Writes one value. A value set twice keeps the last.
  void set(std::wstring subKey, std::wstring name, Stored value);

  /// Drops what the database holds already, so that it raises no event (C8).
  DWORD dropUnchanged(HKEY key);

  /// One cluster-registry batch; nothing to do, no batch.
  DWORD commit(HKEY key) const;

 private:
  struct Change {
    std::wstring subKey;
    std::wstring name;
    Stored value;
  };
  std::vector<Change> changes_;
};

}  // namespace holdfast::resutils
