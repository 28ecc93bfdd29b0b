#include "sdk/resutils/list_reader.h"

#include <algorithm>
#include <cstring>

namespace holdfast::resutils {
namespace {

// The list may stand at any address: everything is copied out, nothing is read in place.
class Cursor {
 public:
  Cursor(const BYTE* begin, std::size_t size_bytes) : begin_(begin), size_bytes_(size_bytes) {}

  std::size_t position() const { return position_; }
  std::size_t left() const { return size_bytes_ - position_; }

  // Requires: left() >= 4.
  DWORD peek() const {
    DWORD word = 0;
    std::memcpy(&word, begin_ + position_, sizeof word);
    return word;
  }
  DWORD next() {
    const DWORD word = peek();
    position_ += sizeof word;
    return word;
  }

  // PR V3: a header or data past the end is 122. Padding that is cut off is no harm.
  DWORD entry(ListEntry& out) {
    if (left() < sizeof(CLUSPROP_VALUE)) return ERROR_INSUFFICIENT_BUFFER;
    out.syntax.dw = next();
    out.size_bytes = next();
    if (left() < out.size_bytes) return ERROR_INSUFFICIENT_BUFFER;
    out.data = begin_ + position_;
    position_ += out.size_bytes;
    position_ += std::min<std::size_t>((4 - out.size_bytes % 4) % 4, left());
    return ERROR_SUCCESS;
  }

 private:
  const BYTE* begin_;
  std::size_t size_bytes_;
  std::size_t position_ = 0;
};

DWORD readName(Cursor& cursor, std::wstring& name) {
  if (cursor.left() >= 4 && cursor.peek() != CLUSPROP_SYNTAX_NAME) return ERROR_INVALID_DATA;
  ListEntry entry;
  if (const DWORD status = cursor.entry(entry)) return status;
  if (!wellFormed(CLUSPROP_FORMAT_SZ, entry.data, entry.size_bytes)) return ERROR_INVALID_DATA;
  name = textOf(Bytes(entry.data, entry.data + entry.size_bytes));
  return name.empty() ? ERROR_INVALID_DATA : ERROR_SUCCESS;
}

DWORD readValues(Cursor& cursor, std::vector<ListEntry>& values) {
  for (;;) {
    if (cursor.left() < 4) return ERROR_INSUFFICIENT_BUFFER;
    CLUSPROP_SYNTAX syntax;
    syntax.dw = cursor.peek();
    if (syntax.dw == CLUSPROP_SYNTAX_ENDMARK) break;
    const bool vendors = syntax.wType >= CLUSPROP_TYPE_USER;
    if (syntax.wType != CLUSPROP_TYPE_LIST_VALUE && !vendors) return ERROR_INVALID_DATA;
    ListEntry entry;
    if (const DWORD status = cursor.entry(entry)) return status;
    if (!vendors && !wellFormed(syntax.wFormat, entry.data, entry.size_bytes)) return ERROR_INVALID_DATA;
    values.push_back(entry);
  }
  cursor.next();
  return values.empty() ? ERROR_INVALID_DATA : ERROR_SUCCESS;
}

}  // namespace

const ListProperty* List::find(std::wstring_view name) const {
  const auto found = std::find_if(properties.rbegin(), properties.rend(),
                                  [&](const ListProperty& property) { return sameName(property.name, name); });
  return found == properties.rend() ? nullptr : &*found;
}

DWORD readList(const void* list, DWORD size_bytes, List& out) {
  if (!list || size_bytes < sizeof(DWORD)) return ERROR_INVALID_DATA;
  if (size_bytes > kMaxListSize_bytes) return ERROR_INVALID_PARAMETER;
  Cursor cursor(static_cast<const BYTE*>(list), size_bytes);
  const DWORD count = cursor.next();
  for (DWORD i = 0; i < count; ++i) {  // no memory is reserved for `count`, which is only a claim so far
    ListProperty property;
    if (const DWORD status = readName(cursor, property.name)) return status;
    if (const DWORD status = readValues(cursor, property.values)) return status;
    out.properties.push_back(std::move(property));
  }
  out.size_bytes = cursor.position();
  return ERROR_SUCCESS;
}

}  // namespace holdfast::resutils
