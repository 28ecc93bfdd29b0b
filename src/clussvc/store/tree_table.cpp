#include "clussvc/store/tree_table.h"

#include <sqlite3.h>

#include <algorithm>

#include "clussvc/store/codec.h"

namespace holdfast::clussvc::store {
namespace {

constexpr char kSeparator = '\\';

/// Names are compared without case (ASCII), as in database::NameLess.
std::string folded(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

/// Without doubled and outer separators.
std::string normalised(std::string_view path) {
  std::string result;
  for (const char c : path)
    if (c != kSeparator || (!result.empty() && result.back() != kSeparator)) result += c;
  if (!result.empty() && result.back() == kSeparator) result.pop_back();
  return result;
}

}  // namespace

const char* TreeTable::schema() {
  return "CREATE TABLE tree_keys(folded TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;"
         "CREATE TABLE tree_values(key TEXT, folded TEXT, name TEXT NOT NULL, value BLOB NOT NULL,"
         " PRIMARY KEY(key, folded)) WITHOUT ROWID;";
}

TreeTable::TreeTable(sqlite3* connection)
    : insertKey_(connection, "INSERT OR IGNORE INTO tree_keys VALUES(?1, ?2)"),
      // What lies below a key sorts between `key\` and `key]`, the character after the separator.
      deleteKeys_(connection,
                  "DELETE FROM tree_keys WHERE folded = ?1 OR (folded > ?1 || '\\' AND folded < ?1 || ']')"),
      deleteValues_(connection, "DELETE FROM tree_values WHERE key = ?1 OR (key > ?1 || '\\' AND key < ?1 || ']')"),
      setValue_(connection,
                "INSERT INTO tree_values VALUES(?1, ?2, ?3, ?4)"
                " ON CONFLICT(key, folded) DO UPDATE SET value = excluded.value"),
      deleteValue_(connection, "DELETE FROM tree_values WHERE key = ?1 AND folded = ?2"),
      allKeys_(connection, "SELECT path FROM tree_keys ORDER BY folded"),
      allValues_(connection,
                 "SELECT coalesce(k.path, ''), v.name, v.value FROM tree_values v"
                 " LEFT JOIN tree_keys k ON k.folded = v.key ORDER BY v.key, v.folded") {}

void TreeTable::createKey(std::string_view path) {
  for (std::size_t end = path.find(kSeparator); end != std::string_view::npos; end = path.find(kSeparator, end + 1))
    insertKey_.text(1, folded(path.substr(0, end))).text(2, path.substr(0, end)).run();
  if (!path.empty()) insertKey_.text(1, folded(path)).text(2, path).run();
}

void TreeTable::deleteKey(std::string_view path) {
  if (path.empty()) return;  // the root stays
  deleteKeys_.text(1, folded(path)).run();
  deleteValues_.text(1, folded(path)).run();
}

void TreeTable::apply(const database::Batch& batch) {
  using Kind = database::Command::Kind;
  for (const database::Command& command : batch.commands) {
    const std::string path = normalised(command.key);
    switch (command.kind) {
      case Kind::CreateKey:
        createKey(path);
        break;
      case Kind::DeleteKey:
        deleteKey(path);
        break;
      case Kind::SetValue:
        createKey(path);
        setValue_.text(1, folded(path)).text(2, folded(command.name)).text(3, command.name);
        setValue_.blob(4, encodeValue(command.value)).run();
        break;
      case Kind::DeleteValue:
        deleteValue_.text(1, folded(path)).text(2, folded(command.name)).run();
        break;
      case Kind::ConditionKeyExists:
      case Kind::ConditionKeyMissing:
      case Kind::ConditionValueExists:
      case Kind::ConditionValueMissing:
      case Kind::ConditionEqual:
      case Kind::ConditionNotEqual:
      case Kind::ConditionGreater:
      case Kind::ConditionLess:
        break;
    }
  }
}

database::Batch TreeTable::load() {
  database::Batch tree;
  while (allKeys_.step()) tree.createKey(std::string(allKeys_.bytes(0)));
  while (allValues_.step()) {
    auto value = decodeValue(allValues_.bytes(2));
    if (!value) throw SqlFailure{SQLITE_CORRUPT, "unreadable value of key " + std::string(allValues_.bytes(0))};
    tree.set(std::string(allValues_.bytes(0)), std::string(allValues_.bytes(1)), std::move(*value));
  }
  return tree;
}

}  // namespace holdfast::clussvc::store
