// An in-memory cluster database behind the ClusterReg functions, with the errors of the real one.
#pragma once

#include <clusapi.h>

#include <memory>
#include <string>
#include <vector>

namespace holdfast::testing {

struct FakeValue {
  std::wstring name;
  DWORD type = REG_NONE;
  std::vector<BYTE> data;
};

struct FakeKey {
  std::wstring name;
  std::vector<FakeValue> values;
  std::vector<std::shared_ptr<FakeKey>> keys;

  std::shared_ptr<FakeKey> find(const std::wstring& path) const;
  FakeValue* value(const std::wstring& name);
};

/// The state of the fake. One per test: reset() forgets everything.
struct FakeRegistry {
  std::shared_ptr<FakeKey> root = std::make_shared<FakeKey>();
  std::vector<std::wstring> events;  // `Sub\Name` of each value written, in order
  int batches = 0;                   // committed
  int failAtCommand = -1;            // of the next batch: ERROR_CLUSTER_NO_QUORUM instead of the commit
  int openKeys = 0;

  HKEY open(const std::wstring& path = {});  // closed by the caller with ClusterRegCloseKey
  void set(const std::wstring& name, DWORD type, std::vector<BYTE> data);
  void setText(const std::wstring& name, const std::wstring& text, DWORD type = REG_SZ);
  void setDword(const std::wstring& name, DWORD number);
};

FakeRegistry& registry();
void resetRegistry();

}  // namespace holdfast::testing
