#include "sdk/resutils/block.h"

#include <cstring>
#include <cwchar>

#include "sdk/resutils/list_writer.h"

namespace holdfast::resutils {
namespace {

bool isPointer(DWORD format) { return isText(format) || isSized(format); }

// Members are copied, not read in place: a block may be packed.
LPBYTE pointerAt(const BYTE* member) {
  LPBYTE pointer = nullptr;
  std::memcpy(&pointer, member, sizeof pointer);
  return pointer;
}

void storeSize(BYTE* member, DWORD size_bytes) { std::memcpy(member + sizeof(LPBYTE), &size_bytes, sizeof size_bytes); }

DWORD sizeAt(const BYTE* member) {
  DWORD size_bytes = 0;
  std::memcpy(&size_bytes, member + sizeof(LPBYTE), sizeof size_bytes);
  return size_bytes;
}

}  // namespace

std::optional<Value> memberOf(const BYTE* block, const Row& row) {
  const BYTE* member = block + row.Offset;
  if (!isPointer(row.Format)) return numberValue(row.Format, member, fixedSize_bytes(row.Format));
  const LPBYTE pointer = pointerAt(member);
  if (!pointer) return std::nullopt;
  if (isText(row.Format)) return textValue(row.Format, reinterpret_cast<LPCWSTR>(pointer));
  const DWORD size_bytes = sizeAt(member);
  if (row.Format == CLUSPROP_FORMAT_MULTI_SZ && size_bytes == 0) return Value{row.Format, multiString({})};
  return Value{row.Format, Bytes(pointer, pointer + size_bytes)};
}

BlockUpdate::~BlockUpdate() {
  for (const Member& member : members_) LocalFree(member.copy);
}

void BlockUpdate::set(const Row& row, const std::optional<Value>& value) {
  Member* member = nullptr;
  for (Member& known : members_) {
    if (known.row == &row) member = &known;
  }
  if (!member) member = &members_.emplace_back(Member{&row, std::nullopt, nullptr});
  member->value = value;
  LocalFree(member->copy);
  member->copy = nullptr;
  if (value && isPointer(row.Format)) member->copy = localCopy(value->data.data(), value->data.size());
}

void BlockUpdate::borrow(const void* begin, std::size_t size_bytes) {
  borrowed_ = static_cast<const BYTE*>(begin);
  borrowedSize_bytes_ = size_bytes;
}

bool BlockUpdate::isBorrowed(const BYTE* pointer) const {
  return borrowed_ && pointer >= borrowed_ && pointer < borrowed_ + borrowedSize_bytes_;
}

void BlockUpdate::apply(BYTE* block, const BYTE* shared) {
  for (Member& change : members_) {
    BYTE* member = block + change.row->Offset;
    if (!isPointer(change.row->Format)) {
      const std::size_t size_bytes = fixedSize_bytes(change.row->Format);
      if (change.value) {
        std::memcpy(member, change.value->data.data(), size_bytes);
      } else {
        std::memset(member, 0, size_bytes);
      }
      continue;
    }
    const LPBYTE former = pointerAt(member);
    const bool kept = isBorrowed(former) || (shared && pointerAt(shared + change.row->Offset) == former);
    if (!kept) LocalFree(former);
    std::memcpy(member, &change.copy, sizeof change.copy);
    change.copy = nullptr;
    if (isSized(change.row->Format)) {
      storeSize(member, change.value ? static_cast<DWORD>(change.value->data.size()) : 0);
    }
  }
}

void freeMembers(BYTE* block, const BYTE* shared, const Table& table) {
  for (const Row& row : table) {
    if (!isPointer(row.Format)) continue;
    BYTE* member = block + row.Offset;
    const LPBYTE pointer = pointerAt(member);
    if (!shared || pointerAt(shared + row.Offset) != pointer) LocalFree(pointer);
    const LPBYTE none = nullptr;
    std::memcpy(member, &none, sizeof none);
    if (isSized(row.Format)) storeSize(member, 0);
  }
}

}  // namespace holdfast::resutils
