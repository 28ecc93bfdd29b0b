#include "clussvc/store/store_error.h"

#include <sqlite3.h>

#include "clussvc/error_codes.h"

namespace holdfast::clussvc::store {
namespace {

TEST(StoreError, everyKindOfTroubleHasItsCodeAndAdvice) {
  using Kind = StoreError::Kind;
  const std::vector<std::tuple<int, Kind, std::uint32_t>> expected = {
      {SQLITE_CORRUPT, Kind::Damaged, code::kFileCorrupt},
      {SQLITE_NOTADB, Kind::Foreign, code::kBadFormat},
      {SQLITE_BUSY, Kind::Locked, code::kSharingViolation},
      {SQLITE_CANTOPEN_ISDIR, Kind::Unwritable, code::kAccessDenied},
      {SQLITE_FULL, Kind::Full, code::kDiskFull},
      {SQLITE_IOERR_FSYNC, Kind::Failed, code::kIoDevice},
  };
  for (const auto& [sqlite, kind, win32] : expected) {
    const StoreError error = storeError(sqlite, "/d/cluster.db", "why");
    EXPECT_EQ(error.kind, kind);
    EXPECT_EQ(error.error.code, win32);
    EXPECT_NE(error.error.subject.find("/d/cluster.db"), std::string::npos);
    EXPECT_FALSE(error.error.advice.empty());
  }
}

}  // namespace
}  // namespace holdfast::clussvc::store
