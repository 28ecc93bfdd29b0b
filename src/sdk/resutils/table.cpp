#include "sdk/resutils/table.h"

#include <cstring>
#include <cwchar>

#include "sdk/resutils/database.h"
#include "sdk/resutils/list_writer.h"

namespace holdfast::resutils {
namespace {

template <class Number>
Number numberOf(const Value& value) {
  Number number{};
  std::memcpy(&number, value.data.data(), sizeof number);
  return number;
}

template <class Number>
DWORD within(Number value, Number minimum, Number maximum) {
  if (minimum == 0 && maximum == 0) return ERROR_SUCCESS;
  return value < minimum || value > maximum ? ERROR_INVALID_DATA : ERROR_SUCCESS;
}

ULONGLONG wholeTime(const FILETIME& time) {
  return static_cast<ULONGLONG>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}

std::wstring subKeyOf(const Row& row) { return row.KeyName ? row.KeyName : L""; }

}  // namespace

const Row* Table::find(std::wstring_view name) const {
  for (const Row& row : *this) {
    if (sameName(row.Name, name)) return &row;
  }
  return nullptr;
}

DWORD Table::check() const {
  for (const Row& row : *this) {
    if (registryType(row.Format) == REG_NONE) return ERROR_INVALID_PARAMETER;
  }
  return ERROR_SUCCESS;
}

bool Table::ownsValue(std::wstring_view name) const {
  for (const Row& row : *this) {
    if (subKeyOf(row).empty() && sameName(row.Name, name)) return true;
  }
  return false;
}

std::optional<Value> defaultOf(const Row& row) {
  switch (row.Format) {
    case CLUSPROP_FORMAT_DWORD:
    case CLUSPROP_FORMAT_LONG:
      return numberValue(row.Format, &row.Default, sizeof row.Default);
    case CLUSPROP_FORMAT_ULARGE_INTEGER:
    case CLUSPROP_FORMAT_LARGE_INTEGER:
    case CLUSPROP_FORMAT_FILETIME:  // the three structures begin with a default of 8 bytes
      if (!row.lpDefault) return std::nullopt;
      return numberValue(row.Format, row.lpDefault, sizeof(ULONGLONG));
    case CLUSPROP_FORMAT_SZ:
    case CLUSPROP_FORMAT_EXPAND_SZ:
      if (!row.lpDefault) return std::nullopt;
      return textValue(row.Format, static_cast<LPCWSTR>(row.lpDefault));
    default: {
      if (!row.lpDefault) return std::nullopt;
      const auto* begin = static_cast<const BYTE*>(row.lpDefault);
      Value value{row.Format, Bytes(begin, begin + row.Minimum)};
      if (row.Format == CLUSPROP_FORMAT_MULTI_SZ && row.Minimum == 0) value.data = multiString({});
      return value;
    }
  }
}

Value defaultOrEmpty(const Row& row) {
  if (auto value = defaultOf(row)) return std::move(*value);
  if (isText(row.Format)) return textValue(row.Format, L"");
  if (row.Format == CLUSPROP_FORMAT_MULTI_SZ) return {row.Format, multiString({})};
  return {row.Format, Bytes(fixedSize_bytes(row.Format))};
}

DWORD checkRange(const Row& row, const Value& value) {
  switch (row.Format) {
    case CLUSPROP_FORMAT_DWORD:
      if (!(row.Flags & RESUTIL_PROPITEM_SIGNED)) return within(numberOf<DWORD>(value), row.Minimum, row.Maximum);
      [[fallthrough]];
    case CLUSPROP_FORMAT_LONG:
      return within(numberOf<LONG>(value), static_cast<LONG>(row.Minimum), static_cast<LONG>(row.Maximum));
    case CLUSPROP_FORMAT_ULARGE_INTEGER:
      if (!row.lpDefault) return ERROR_SUCCESS;
      return within<ULONGLONG>(numberOf<ULONGLONG>(value), row.ULargeIntData->Minimum.QuadPart,
                               row.ULargeIntData->Maximum.QuadPart);
    case CLUSPROP_FORMAT_LARGE_INTEGER:
      if (!row.lpDefault) return ERROR_SUCCESS;
      return within<LONGLONG>(numberOf<LONGLONG>(value), row.LargeIntData->Minimum.QuadPart,
                              row.LargeIntData->Maximum.QuadPart);
    case CLUSPROP_FORMAT_FILETIME:
      if (!row.lpDefault) return ERROR_SUCCESS;
      return within(wholeTime(numberOf<FILETIME>(value)), wholeTime(row.FileTimeData->Minimum),
                    wholeTime(row.FileTimeData->Maximum));
    default:
      return ERROR_SUCCESS;
  }
}

DWORD storedValue(HKEY key, const Row& row, Value& out) {
  if (row.Flags & RESUTIL_PROPITEM_IN_MEMORY) return ERROR_FILE_NOT_FOUND;
  Stored stored;
  if (const DWORD status = readStored(key, subKeyOf(row), row.Name, stored)) return status;
  auto value = fromStored(stored, row.Format);
  if (!value) return ERROR_INVALID_PARAMETER;
  out = std::move(*value);
  return ERROR_SUCCESS;
}

DWORD currentValue(HKEY key, const Row& row, std::optional<Value>& out) {
  Value value;
  const DWORD status = storedValue(key, row, value);
  if (status == ERROR_SUCCESS) {
    out = std::move(value);
  } else if (status == ERROR_FILE_NOT_FOUND) {
    out = defaultOf(row);
  }
  return status == ERROR_FILE_NOT_FOUND ? ERROR_SUCCESS : status;
}

}  // namespace holdfast::resutils
