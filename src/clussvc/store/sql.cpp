#include "clussvc/store/sql.h"

#include <sqlite3.h>

#include <bit>

namespace holdfast::clussvc::store {

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Statement::Statement(sqlite3* connection, std::string_view sql) : connection_(connection) {
  sqlite3_stmt* statement = nullptr;
  require(sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                             &statement, nullptr));
  statement_.reset(statement);
}

void Statement::require(int result) const {
  if (result != SQLITE_OK) throw SqlFailure{sqlite3_extended_errcode(connection_), sqlite3_errmsg(connection_)};
}

Statement& Statement::bind(int index, std::uint64_t number) {
  require(sqlite3_bind_int64(statement_.get(), index, std::bit_cast<std::int64_t>(number)));
  return *this;
}

Statement& Statement::text(int index, std::string_view value) {
  require(sqlite3_bind_text64(statement_.get(), index, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::blob(int index, std::string_view value) {
  // A null pointer would bind NULL.
  require(
      sqlite3_bind_blob64(statement_.get(), index, value.empty() ? "" : value.data(), value.size(), SQLITE_TRANSIENT));
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  const SqlFailure failure{sqlite3_extended_errcode(connection_),
                           result == SQLITE_DONE ? "" : sqlite3_errmsg(connection_)};
  reset();
  if (result != SQLITE_DONE) throw failure;
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::uint64_t Statement::number(int column) const {
  return std::bit_cast<std::uint64_t>(sqlite3_column_int64(statement_.get(), column));
}

std::string_view Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return data == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(data), size);
}

void runSql(sqlite3* connection, const char* sql) {
  if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    throw SqlFailure{sqlite3_extended_errcode(connection), sqlite3_errmsg(connection)};
}

std::uint64_t queryNumber(sqlite3* connection, std::string_view sql) {
  Statement statement(connection, sql);
  return statement.step() ? statement.number(0) : 0;
}

std::string queryText(sqlite3* connection, std::string_view sql) {
  Statement statement(connection, sql);
  return statement.step() ? std::string(statement.bytes(0)) : std::string();
}

}  // namespace holdfast::clussvc::store
