// Entries and values as bytes of the database file (record.proto), and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/gum/messages.h"

namespace holdfast::clussvc::store {

std::string encodeEntry(const gum::Entry& entry);

/// nullopt: the bytes are not an entry that this version can read in full, or text in it is not what its type says.
std::optional<gum::Entry> decodeEntry(std::string_view bytes);

std::string encodeValue(const database::Value& value);
std::optional<database::Value> decodeValue(std::string_view bytes);

}  // namespace holdfast::clussvc::store
