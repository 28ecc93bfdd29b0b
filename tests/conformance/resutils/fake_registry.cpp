#include "fake_registry.h"

#include <algorithm>
#include <cwchar>

namespace holdfast::testing {
namespace {

struct Handle {
  std::shared_ptr<FakeKey> key;
  std::wstring path;
};

struct Command {
  CLUSTER_REG_COMMAND command;
  std::wstring name;
  DWORD type;
  std::vector<BYTE> data;
};

struct Batch {
  std::shared_ptr<FakeKey> key;
  std::wstring path;
  std::vector<Command> commands;
};

FakeRegistry theRegistry;

bool same(const std::wstring& one, const std::wstring& other) { return wcscasecmp(one.c_str(), other.c_str()) == 0; }

Handle* handleOf(HKEY key) { return reinterpret_cast<Handle*>(key); }

std::shared_ptr<FakeKey> makeChild(FakeKey& parent, const std::wstring& name) {
  for (const auto& child : parent.keys) {
    if (same(child->name, name)) return child;
  }
  parent.keys.push_back(std::make_shared<FakeKey>());
  parent.keys.back()->name = name;
  return parent.keys.back();
}

std::shared_ptr<FakeKey> makePath(std::shared_ptr<FakeKey> key, const std::wstring& path) {
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find(L'\\', begin), path.size());
    key = makeChild(*key, path.substr(begin, end - begin));
    begin = end + 1;
  }
  return key;
}

void write(FakeKey& key, const std::wstring& path, const std::wstring& name, DWORD type, std::vector<BYTE> data) {
  FakeValue* value = key.value(name);
  if (!value) {
    key.values.push_back({name, type, {}});
    value = &key.values.back();
  }
  value->type = type;
  value->data = std::move(data);
  theRegistry.events.push_back(path.empty() ? name : path + L"\\" + name);
}

std::wstring joined(const std::wstring& path, const std::wstring& name) {
  return path.empty() ? name : path + L"\\" + name;
}

LONG giveData(const FakeValue& value, LPDWORD type, LPBYTE data, LPDWORD size_bytes) {
  const auto needed_bytes = static_cast<DWORD>(value.data.size());
  if (type) *type = value.type;
  if (!size_bytes) return data ? ERROR_INVALID_PARAMETER : ERROR_SUCCESS;
  const bool isShort = data && *size_bytes < needed_bytes;
  if (data && !isShort) std::ranges::copy(value.data, data);
  *size_bytes = needed_bytes;
  return isShort ? ERROR_MORE_DATA : ERROR_SUCCESS;
}

}  // namespace

std::shared_ptr<FakeKey> FakeKey::find(const std::wstring& path) const {
  const std::size_t end = path.find(L'\\');
  for (const auto& child : keys) {
    if (!same(child->name, path.substr(0, end))) continue;
    return end == std::wstring::npos ? child : child->find(path.substr(end + 1));
  }
  return nullptr;
}

FakeValue* FakeKey::value(const std::wstring& wanted) {
  for (FakeValue& value : values) {
    if (same(value.name, wanted)) return &value;
  }
  return nullptr;
}

HKEY FakeRegistry::open(const std::wstring& path) {
  ++openKeys;
  return reinterpret_cast<HKEY>(new Handle{makePath(root, path), path});
}

void FakeRegistry::set(const std::wstring& name, DWORD type, std::vector<BYTE> data) {
  const std::size_t slash = name.rfind(L'\\');
  const std::wstring path = slash == std::wstring::npos ? L"" : name.substr(0, slash);
  write(*makePath(root, path), path, name.substr(slash == std::wstring::npos ? 0 : slash + 1), type, std::move(data));
  events.clear();
}

void FakeRegistry::setText(const std::wstring& name, const std::wstring& text, DWORD type) {
  const auto* begin = reinterpret_cast<const BYTE*>(text.c_str());
  set(name, type, {begin, begin + (text.size() + 1) * sizeof(WCHAR)});
}

void FakeRegistry::setDword(const std::wstring& name, DWORD number) {
  const auto* begin = reinterpret_cast<const BYTE*>(&number);
  set(name, REG_DWORD, {begin, begin + sizeof number});
}

FakeRegistry& registry() { return theRegistry; }
void resetRegistry() { theRegistry = FakeRegistry(); }

}  // namespace holdfast::testing

using namespace holdfast::testing;

extern "C" {

LONG WINAPI ClusterRegOpenKey(HKEY key, LPCWSTR path, REGSAM, PHKEY result) {
  const auto found = handleOf(key)->key->find(path);
  if (!found) return ERROR_FILE_NOT_FOUND;
  ++registry().openKeys;
  *result = reinterpret_cast<HKEY>(new Handle{found, joined(handleOf(key)->path, path)});
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegCloseKey(HKEY key) {
  --registry().openKeys;
  delete handleOf(key);
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegQueryValue(HKEY key, LPCWSTR name, LPDWORD type, LPBYTE data, LPDWORD size_bytes) {
  const FakeValue* value = handleOf(key)->key->value(name);
  return value ? giveData(*value, type, data, size_bytes) : ERROR_FILE_NOT_FOUND;
}

DWORD WINAPI ClusterRegEnumValue(HKEY key, DWORD index, LPWSTR name, LPDWORD name_characters, LPDWORD type, LPBYTE data,
                                 LPDWORD size_bytes) {
  const auto& values = handleOf(key)->key->values;
  if (index >= values.size()) return ERROR_NO_MORE_ITEMS;
  const FakeValue& value = values[index];
  const bool shortName = *name_characters < value.name.size() + 1;
  if (!shortName) std::wcscpy(name, value.name.c_str());
  *name_characters = static_cast<DWORD>(value.name.size());
  const LONG status = giveData(value, type, data, size_bytes);
  return shortName ? ERROR_MORE_DATA : static_cast<DWORD>(status);
}

DWORD WINAPI ClusterRegSetValue(HKEY key, LPCWSTR name, DWORD type, const BYTE* data, DWORD size_bytes) {
  write(*handleOf(key)->key, handleOf(key)->path, name, type, {data, data + size_bytes});
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegCreateBatch(HKEY key, HREGBATCH* batch) {
  *batch = reinterpret_cast<HREGBATCH>(new Batch{handleOf(key)->key, handleOf(key)->path, {}});
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegBatchAddCommand(HREGBATCH batch, CLUSTER_REG_COMMAND command, LPCWSTR name, DWORD options,
                                      const void* data, DWORD size_bytes) {
  const auto* begin = static_cast<const BYTE*>(data);
  reinterpret_cast<Batch*>(batch)->commands.push_back({command, name, options, {begin, begin + size_bytes}});
  return ERROR_SUCCESS;
}

LONG WINAPI ClusterRegCloseBatch(HREGBATCH handle, BOOL commit, INT* failed) {
  const std::unique_ptr<Batch> batch(reinterpret_cast<Batch*>(handle));
  if (!commit) return ERROR_SUCCESS;
  if (registry().failAtCommand >= 0) {
    *failed = registry().failAtCommand;
    registry().failAtCommand = -1;
    return ERROR_CLUSTER_NO_QUORUM;
  }
  ++registry().batches;
  std::shared_ptr<FakeKey> key = batch->key;
  std::wstring path = batch->path;
  for (const Command& command : batch->commands) {
    if (command.command == CLUSREG_CREATE_KEY) {
      key = makePath(batch->key, command.name);
      path = joined(batch->path, command.name);
    } else {
      write(*key, path, command.name, command.type, command.data);
    }
  }
  return ERROR_SUCCESS;
}

}  // extern "C"
