#include "sdk/resutils/list_writer.h"

#include <cstring>

#include "sdk/resutils/environment.h"

namespace holdfast::resutils {

void ListWriter::append(DWORD word) {
  const auto* begin = reinterpret_cast<const BYTE*>(&word);
  bytes_.insert(bytes_.end(), begin, begin + sizeof word);
}

void ListWriter::append(DWORD syntax, const Bytes& data) {
  append(syntax);
  append(static_cast<DWORD>(data.size()));
  bytes_.insert(bytes_.end(), data.begin(), data.end());
  bytes_.resize((bytes_.size() + 3) / 4 * 4);
}

void ListWriter::add(std::wstring_view name, const Value& value) {
  append(CLUSPROP_SYNTAX_NAME, textValue(CLUSPROP_FORMAT_SZ, name).data);
  append(CLUSPROP_SYNTAX_VALUE(CLUSPROP_TYPE_LIST_VALUE, value.format), value.data);
  if (value.format == CLUSPROP_FORMAT_EXPAND_SZ) {
    const std::wstring expanded = expandEnvironment(textOf(value.data));
    append(CLUSPROP_SYNTAX_LIST_VALUE_EXPANDED_SZ, textValue(CLUSPROP_FORMAT_EXPANDED_SZ, expanded).data);
  }
  append(CLUSPROP_SYNTAX_ENDMARK);
  DWORD count = 0;
  std::memcpy(&count, bytes_.data(), sizeof count);
  ++count;
  std::memcpy(bytes_.data(), &count, sizeof count);
}

Bytes propertyBytes(std::wstring_view name, const Value& value) {
  ListWriter list;
  list.add(name, value);
  return Bytes(list.bytes().begin() + sizeof(DWORD), list.bytes().end());
}

Bytes multiString(const std::vector<std::wstring>& strings) {
  std::wstring joined;
  for (const std::wstring& text : strings) joined.append(text).push_back(L'\0');
  if (strings.empty()) joined.push_back(L'\0');
  return textValue(CLUSPROP_FORMAT_MULTI_SZ, joined).data;
}

}  // namespace holdfast::resutils
