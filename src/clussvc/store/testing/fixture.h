// A private folder with a database in it, and updates to put there.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "core/gum/messages.h"

namespace holdfast::clussvc::store::testing {

struct Folder {
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "holdfast-store-XXXXXX";
    path = ::mkdtemp(pattern.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name = "cluster.db") const { return path + "/" + name; }

  std::string path;
};

inline gum::Epoch epoch() { return {1, 7, 1}; }

/// An update that sets `name` of key Test to `number`.
inline gum::Entry update(std::uint64_t seq, const std::string& name, std::uint32_t number) {
  gum::Entry entry;
  entry.tag = {epoch(), seq};
  entry.request = {42, seq};
  entry.cause = {Cause::Kind::Request, "test", {ObjectKind::Cluster, ""}, "because", 3};
  entry.time = WallTime(std::chrono::seconds(1'700'000'000));
  entry.batch.createKey("Test").set("Test", name, database::Value::dword(number));
  return entry;
}

inline gum::Persist firstPersist() {
  gum::Persist persist;
  persist.number = 1;
  persist.instance = 4711;
  persist.promised = epoch();
  return persist;
}

inline gum::Persist append(std::uint64_t number, gum::Entry entry) {
  gum::Persist persist;
  persist.number = number;
  persist.append.push_back(std::move(entry));
  return persist;
}

inline gum::Persist apply(std::uint64_t number, gum::Entry entry) {
  gum::Persist persist;
  persist.number = number;
  persist.committed = entry.tag.seq;
  persist.apply.push_back(std::move(entry));
  return persist;
}

}  // namespace holdfast::clussvc::store::testing
