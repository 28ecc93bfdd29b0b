// Keys of the cluster database as handles name them: by path, so that they can be opened again on another connection.
#pragma once

#include <memory>
#include <string>

#include "sdk/clusapi/remote.h"

namespace holdfast::clusapi {

class Key : public Remote {
 public:
  /// `path` is below the root key. A host key belongs to rhs: the DLL that got it cannot close it.
  Key(std::shared_ptr<Cluster> cluster, std::string path, DWORD sam, bool ofHost = false)
      : Remote(Kind::Key, cluster->sharedChannel()),
        cluster_(std::move(cluster)),
        path_(std::move(path)),
        sam_(sam),
        ofHost_(ofHost) {}
  ~Key() override { close(); }

  const std::shared_ptr<Cluster>& cluster() const { return cluster_; }
  const std::string& path() const { return path_; }
  bool ofHost() const { return ofHost_; }

 protected:
  Outcome open(std::uint64_t epoch, std::uint64_t& handle) override;

 private:
  std::shared_ptr<Cluster> cluster_;
  std::string path_;
  const DWORD sam_;
  const bool ofHost_;
};

/// Opens (or creates) `subkey` of an object or key. `path` is that of the new key below the root.
Outcome openKeyOf(Remote& parent, const std::shared_ptr<Cluster>& cluster, const std::string& subkey, std::string path,
                  DWORD sam, bool create, std::shared_ptr<Key>& key, DWORD& disposition);

/// The key under a handle of the API.
inline std::shared_ptr<Key> keyOf(void* handle, Outcome& outcome) {
  return objectOf<Key>(handle, Object::Kind::Key, outcome);
}

/// Text that may be missing: then it is empty (the key itself, its unnamed value).
bool takeOptionalText(const wchar_t* text, std::string& utf8, Outcome& outcome);

}  // namespace holdfast::clusapi
