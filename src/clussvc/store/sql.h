// Prepared statements of SQLite as values. Inside store/ a failing statement throws SqlFailure; DatabaseFile turns it
// into a StoreError at its boundary, after rolling back.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace holdfast::clussvc::store {

struct SqlFailure {
  int code = 0;  ///< extended result code
  std::string message;
};

class Statement {
 public:
  Statement(sqlite3* connection, std::string_view sql);

  /// Parameters are numbered from 1. Text and blobs are copied.
  Statement& bind(int index, std::uint64_t number);
  Statement& text(int index, std::string_view value);
  Statement& blob(int index, std::string_view value);

  /// True while there is a row. After the last one the statement is ready to be used again.
  bool step();
  /// Runs a statement that has no rows.
  void run();
  void reset();

  std::uint64_t number(int column) const;
  /// Valid until the next step.
  std::string_view bytes(int column) const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  void require(int result) const;

  sqlite3* connection_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

/// Runs statements without parameters and results.
void runSql(sqlite3* connection, const char* sql);

/// First column of the first row.
std::uint64_t queryNumber(sqlite3* connection, std::string_view sql);
std::string queryText(sqlite3* connection, std::string_view sql);

}  // namespace holdfast::clussvc::store
