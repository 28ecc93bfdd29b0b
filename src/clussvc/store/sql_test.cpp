#include "clussvc/store/sql.h"

#include <sqlite3.h>

namespace holdfast::clussvc::store {
namespace {

TEST(Statement, numbersOf64BitsAndBytesComeBack) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &connection), SQLITE_OK);
  {
    Statement select(connection, "SELECT ?1, ?2, ?3");
    select.bind(1, ~0ull).text(2, "text").blob(3, std::string_view("\0\1", 2));
    ASSERT_TRUE(select.step());
    EXPECT_EQ(select.number(0), ~0ull);
    EXPECT_EQ(select.bytes(1), "text");
    EXPECT_EQ(select.bytes(2), std::string_view("\0\1", 2));
    EXPECT_FALSE(select.step());
    select.blob(3, "");
    ASSERT_TRUE(select.step());
    EXPECT_EQ(select.bytes(2), "");
  }
  EXPECT_EQ(queryText(connection, "SELECT 'x'"), "x");
  EXPECT_EQ(queryNumber(connection, "SELECT 1 WHERE 0"), 0u);
  sqlite3_close(connection);
}

TEST(Statement, aFailureNamesItsCodeAndTheStatementCanBeUsedAgain) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &connection), SQLITE_OK);
  runSql(connection, "CREATE TABLE t(x INTEGER PRIMARY KEY)");
  {
    Statement insert(connection, "INSERT INTO t VALUES(?1)");
    insert.bind(1, 1).run();
    try {
      insert.bind(1, 1).run();
      FAIL();
    } catch (const SqlFailure& failure) {
      EXPECT_EQ(failure.code & 0xFF, SQLITE_CONSTRAINT);
    }
    insert.bind(1, 2).run();
  }
  EXPECT_EQ(queryNumber(connection, "SELECT count(*) FROM t"), 2u);
  EXPECT_THROW(runSql(connection, "nonsense"), SqlFailure);
  sqlite3_close(connection);
}

}  // namespace
}  // namespace holdfast::clussvc::store
