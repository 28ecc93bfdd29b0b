#include "clussvc/store/testing/fault_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>
#include <random>

namespace holdfast::clussvc::store::testing {
namespace {

/// A change of a file that no sync has confirmed yet.
struct Change {
  std::uint64_t offset = 0;
  std::string bytes;
  bool truncates = false;  ///< to `offset`

  void applyTo(std::string& content) const {
    if (truncates) {
      content.resize(offset);
    } else {
      if (content.size() < offset + bytes.size()) content.resize(offset + bytes.size());
      content.replace(offset, bytes.size(), bytes);
    }
  }
};
struct Disk {
  std::string synced;
  std::vector<Change> unsynced;
};

struct State {
  std::mutex mutex;
  FaultPlan plan;
  std::uint64_t writes = 0;
  std::uint64_t syncs = 0;
  std::map<std::string, Disk> disks;  ///< by path
};
State& state() {
  static State instance;
  return instance;
}

sqlite3_vfs* system() { return static_cast<sqlite3_vfs*>(sqlite3_vfs_find(nullptr)); }

struct File {
  sqlite3_file base;
  std::string* path;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* self(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return self(file)->real(); }

int onClose(sqlite3_file* file) {
  const int result = real(file)->pMethods->xClose(real(file));
  delete self(file)->path;
  return result;
}

int onRead(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  return real(file)->pMethods->xRead(real(file), to, size, offset);
}

int writeBoth(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  Change change{static_cast<std::uint64_t>(offset),
                std::string(static_cast<const char*>(from), static_cast<std::size_t>(size)), false};
  state().disks[*self(file)->path].unsynced.push_back(std::move(change));
  return real(file)->pMethods->xWrite(real(file), from, size, offset);
}

int onWrite(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  const std::lock_guard lock(state().mutex);
  const bool fails = ++state().writes >= state().plan.at && state().plan.at != 0;
  if (fails && state().plan.kind == FaultPlan::Kind::WriteError) return SQLITE_IOERR_WRITE;
  if (fails && state().plan.kind == FaultPlan::Kind::DiskFull) return SQLITE_FULL;
  if (fails && state().plan.kind == FaultPlan::Kind::ShortWrite) {
    writeBoth(file, from, size / 2, offset);
    return SQLITE_IOERR_WRITE;
  }
  return writeBoth(file, from, size, offset);
}

int onTruncate(sqlite3_file* file, sqlite3_int64 size) {
  const std::lock_guard lock(state().mutex);
  state().disks[*self(file)->path].unsynced.push_back({static_cast<std::uint64_t>(size), {}, true});
  return real(file)->pMethods->xTruncate(real(file), size);
}

int onSync(sqlite3_file* file, int flags) {
  const std::lock_guard lock(state().mutex);
  ++state().syncs;
  if (state().plan.kind == FaultPlan::Kind::SyncError && state().syncs >= state().plan.at) return SQLITE_IOERR_FSYNC;
  Disk& disk = state().disks[*self(file)->path];
  for (const Change& change : disk.unsynced) change.applyTo(disk.synced);
  disk.unsynced.clear();
  return real(file)->pMethods->xSync(real(file), flags);
}

int onFileSize(sqlite3_file* file, sqlite3_int64* size) { return real(file)->pMethods->xFileSize(real(file), size); }
int onLock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int onUnlock(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
int onCheckLock(sqlite3_file* file, int* result) {
  return real(file)->pMethods->xCheckReservedLock(real(file), result);
}
int onControl(sqlite3_file* file, int operation, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int onSectorSize(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int onCharacteristics(sqlite3_file*) { return 0; }  // promises nothing: torn and reordered writes happen

/// Version 1: no shared memory, no mapping; the store needs neither.
const sqlite3_io_methods kMethods = {
    1,        onClose,     onRead,    onWrite,      onTruncate,        onSync,  onFileSize, onLock,
    onUnlock, onCheckLock, onControl, onSectorSize, onCharacteristics, nullptr, nullptr,    nullptr,
    nullptr,  nullptr,     nullptr};

int onOpen(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* outFlags) {
  self(file)->base.pMethods = nullptr;
  const int result = system()->xOpen(system(), name, real(file), flags, outFlags);
  if (result != SQLITE_OK) return result;
  const std::lock_guard lock(state().mutex);
  self(file)->path = new std::string(name != nullptr ? name : "temporary");
  self(file)->base.pMethods = &kMethods;
  Disk disk;
  std::ifstream in(*self(file)->path, std::ios::binary);
  disk.synced.assign(std::istreambuf_iterator<char>(in), {});
  state().disks.try_emplace(*self(file)->path, std::move(disk));
  return SQLITE_OK;
}

int onDelete(sqlite3_vfs*, const char* name, int syncFolder) {
  const std::lock_guard lock(state().mutex);
  state().disks.erase(name);
  return system()->xDelete(system(), name, syncFolder);
}

void registerOnce() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs copy = *system();
    copy.zName = kFaultVfs;
    copy.pNext = nullptr;
    copy.szOsFile = static_cast<int>(sizeof(File)) + system()->szOsFile;
    copy.xOpen = onOpen;
    copy.xDelete = onDelete;
    return copy;
  }();
  if (sqlite3_vfs_find(kFaultVfs) == nullptr) sqlite3_vfs_register(&vfs, 0);
}

}  // namespace

void resetFaultVfs(FaultPlan plan) {
  registerOnce();
  const std::lock_guard lock(state().mutex);
  state().disks.clear();
  state().plan = plan;
  state().writes = state().syncs = 0;
}

void setFaultPlan(FaultPlan plan) {
  const std::lock_guard lock(state().mutex);
  state().plan = plan;
  state().writes = state().syncs = 0;
}

std::uint64_t writesSeen() {
  const std::lock_guard lock(state().mutex);
  return state().writes;
}

std::uint64_t syncsSeen() {
  const std::lock_guard lock(state().mutex);
  return state().syncs;
}

std::map<std::string, std::string> imageAfterPowerCut(std::uint64_t seed) {
  const std::lock_guard lock(state().mutex);
  std::mt19937_64 chance(seed);
  std::map<std::string, std::string> image;
  for (const auto& [path, disk] : state().disks) {
    std::string content = disk.synced;
    for (Change change : disk.unsynced) {
      const auto fate = chance() % 3;
      if (fate == 0) continue;
      if (fate == 1 && !change.truncates) change.bytes.resize(change.bytes.size() / 2);
      change.applyTo(content);
    }
    image[std::filesystem::path(path).filename()] = std::move(content);
  }
  return image;
}

}  // namespace holdfast::clussvc::store::testing
