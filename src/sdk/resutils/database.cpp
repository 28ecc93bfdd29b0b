#include "sdk/resutils/database.h"

#include <algorithm>

#include "sdk/resutils/list_reader.h"

namespace holdfast::resutils {
namespace {

// Enough for nearly every value, so that one call is enough, which in a DLL is one message to the service.
constexpr DWORD kFirstTry_bytes = 1024;
constexpr DWORD kFirstNameTry_characters = 256;

DWORD grown(DWORD capacity, DWORD needed) { return std::max(needed, capacity * 2); }

DWORD query(HKEY key, const std::wstring& name, Stored& out) {
  DWORD capacity_bytes = kFirstTry_bytes;
  for (;;) {
    out.data.resize(capacity_bytes);
    DWORD size_bytes = capacity_bytes;
    const LONG status = ClusterRegQueryValue(key, name.c_str(), &out.type, out.data.data(), &size_bytes);
    if (status == ERROR_SUCCESS) {
      out.data.resize(size_bytes);
      return ERROR_SUCCESS;
    }
    if (status != ERROR_MORE_DATA || capacity_bytes > kMaxListSize_bytes) return static_cast<DWORD>(status);
    capacity_bytes = grown(capacity_bytes, size_bytes);  // it may grow between two calls
  }
}

DWORD enumerate(HKEY key, DWORD index, NamedStored& out) {
  DWORD capacity_bytes = kFirstTry_bytes;
  DWORD nameCapacity = kFirstNameTry_characters;
  for (;;) {
    out.name.resize(nameCapacity);
    out.stored.data.resize(capacity_bytes);
    DWORD name_characters = nameCapacity;
    DWORD size_bytes = capacity_bytes;
    const DWORD status = ClusterRegEnumValue(key, index, out.name.data(), &name_characters, &out.stored.type,
                                             out.stored.data.data(), &size_bytes);
    if (status == ERROR_SUCCESS) {
      out.name.resize(name_characters);
      out.stored.data.resize(size_bytes);
      return ERROR_SUCCESS;
    }
    if (status != ERROR_MORE_DATA || std::max(capacity_bytes, nameCapacity) > kMaxListSize_bytes) return status;
    capacity_bytes = grown(capacity_bytes, size_bytes);
    nameCapacity = grown(nameCapacity, name_characters + 1);
  }
}

DWORD addCommand(HREGBATCH batch, CLUSTER_REG_COMMAND command, const std::wstring& name, const Stored& value) {
  return static_cast<DWORD>(ClusterRegBatchAddCommand(batch, command, name.c_str(), value.type, value.data.data(),
                                                      static_cast<DWORD>(value.data.size())));
}

// Every level by itself: a key is made only below one that is there.
DWORD enterKey(HREGBATCH batch, const std::wstring& subKey) {
  for (std::size_t end = 0; end != std::wstring::npos;) {
    end = subKey.find(L'\\', end == 0 ? 0 : end + 1);
    const DWORD status = addCommand(batch, CLUSREG_CREATE_KEY, subKey.substr(0, end), {});
    if (status != ERROR_SUCCESS) return status;
  }
  return ERROR_SUCCESS;
}

}  // namespace

SubKey::SubKey(HKEY key, const std::wstring& name) : key_(key) {
  if (name.empty()) return;
  key_ = nullptr;
  status_ = static_cast<DWORD>(ClusterRegOpenKey(key, name.c_str(), KEY_READ, &key_));
  owned_ = status_ == ERROR_SUCCESS;
}

SubKey::~SubKey() {
  if (owned_) ClusterRegCloseKey(key_);
}

DWORD readStored(HKEY key, const std::wstring& subKey, const std::wstring& name, Stored& out) {
  const SubKey place(key, subKey);
  if (place.status() != ERROR_SUCCESS) return place.status();
  return query(place.get(), name, out);
}

DWORD readAllStored(HKEY key, std::vector<NamedStored>& out) {
  for (DWORD index = 0;; ++index) {
    NamedStored found;
    const DWORD status = enumerate(key, index, found);
    if (status == ERROR_NO_MORE_ITEMS) return ERROR_SUCCESS;
    if (status != ERROR_SUCCESS) return status;
    out.push_back(std::move(found));
  }
}

DWORD splitName(const std::wstring& path, std::wstring& subKey, std::wstring& name) {
  const std::size_t last = path.rfind(L'\\');
  subKey = last == std::wstring::npos ? std::wstring() : path.substr(0, last);
  name = last == std::wstring::npos ? path : path.substr(last + 1);
  const bool emptyPart = name.empty() || path.starts_with(L'\\') || path.find(L"\\\\") != std::wstring::npos;
  return emptyPart ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
}

void Changes::set(std::wstring subKey, std::wstring name, Stored value) {
  for (Change& change : changes_) {
    if (sameName(change.subKey, subKey) && sameName(change.name, name)) {
      change.value = std::move(value);
      return;
    }
  }
  changes_.push_back({std::move(subKey), std::move(name), std::move(value)});
}

DWORD Changes::dropUnchanged(HKEY key) {
  std::vector<Change> changed;
  for (Change& change : changes_) {
    Stored present;
    const DWORD status = readStored(key, change.subKey, change.name, present);
    if (status != ERROR_SUCCESS && status != ERROR_FILE_NOT_FOUND) return status;
    if (status == ERROR_FILE_NOT_FOUND || present != change.value) changed.push_back(std::move(change));
  }
  changes_ = std::move(changed);
  return ERROR_SUCCESS;
}

DWORD Changes::commit(HKEY key) const {
  if (changes_.empty()) return ERROR_SUCCESS;
  HREGBATCH batch = nullptr;
  if (const LONG status = ClusterRegCreateBatch(key, &batch)) return static_cast<DWORD>(status);
  // Value commands act on the key entered last: first those of the key itself, then key by key.
  std::vector<const Change*> ordered;
  for (const Change& change : changes_) ordered.push_back(&change);
  std::ranges::stable_sort(ordered, {}, [](const Change* change) -> const std::wstring& { return change->subKey; });
  DWORD status = ERROR_SUCCESS;
  std::wstring entered;
  for (const Change* change : ordered) {
    if (status == ERROR_SUCCESS && change->subKey != entered) status = enterKey(batch, entered = change->subKey);
    if (status == ERROR_SUCCESS) status = addCommand(batch, CLUSREG_SET_VALUE, change->name, change->value);
  }
  INT failed = -1;
  const LONG closed = ClusterRegCloseBatch(batch, status == ERROR_SUCCESS, &failed);
  return status != ERROR_SUCCESS ? status : static_cast<DWORD>(closed);
}

}  // namespace holdfast::resutils
