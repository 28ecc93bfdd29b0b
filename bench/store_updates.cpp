// Durable updates per second through the store, one and 16 at a time, against bare SQLite with the same durability: one
// writer, WAL, synchronous=FULL, the same bytes, as many updates per transaction as wait.
#include <sqlite3.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "bench/figure.h"
#include "clussvc/store/database_file.h"
#include "clussvc/store/store.h"

namespace {

using namespace holdfast;

constexpr unsigned kUpdates = 2000;

gum::Entry entry(std::uint64_t seq) {
  gum::Entry made;
  made.tag = {{1, 1, 1}, seq};
  made.batch.createKey("Resources\\r\\Parameters")
      .set("Resources\\r\\Parameters", "Value", database::Value::sz(std::string(64, 'x')));
  return made;
}

class Folder {
 public:
  Folder() { path_ = mkdtemp(name_); }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  // Beside the build, not in /tmp: that may be memory, where a sync costs nothing.
  char name_[32] = "bench-store-XXXXXX";
  std::string path_;
};

double perSecondThroughStore(const std::string& path, unsigned atOnce) {
  auto opened = clussvc::store::DatabaseFile::open(path);
  if (!opened) {
    std::fprintf(stderr, "store_updates: %s\n", opened.error().error.subject.c_str());
    std::exit(1);
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t done = 0;
  clussvc::store::Store store(std::move(*opened), [](std::function<void()> run) { run(); },
                              {[&](std::uint64_t) {
                                 const std::lock_guard lock(mutex);
                                 ++done;
                                 changed.notify_one();
                               },
                               [](const Error& error) {
                                 std::fprintf(stderr, "store_updates: %s\n", error.subject.c_str());
                                 std::exit(1);
                               }});
  const double start = bench::wallSeconds();
  for (std::uint64_t i = 0; i < kUpdates; ++i) {
    gum::Persist persist;
    persist.number = i + 1;
    if (i == 0) persist.instance = 7;
    persist.append = {entry(i + 1)};
    {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return i - done < atOnce; });
    }
    store.submit(std::move(persist));
  }
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return done == kUpdates; });
  return kUpdates / (bench::wallSeconds() - start);
}

double perSecondBare(const std::string& path, unsigned atOnce) {
  sqlite3* db = nullptr;
  sqlite3_stmt* insert = nullptr;
  sqlite3_open(path.c_str(), &db);
  for (const char* statement : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                "CREATE TABLE log(seq INTEGER PRIMARY KEY, entry BLOB)"}) {
    sqlite3_exec(db, statement, nullptr, nullptr, nullptr);
  }
  sqlite3_prepare_v2(db, "INSERT INTO log VALUES(?,?)", -1, &insert, nullptr);
  const std::string body(160, 'x');
  const double start = bench::wallSeconds();
  for (unsigned i = 0; i < kUpdates;) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    for (unsigned k = 0; k < atOnce && i < kUpdates; ++k, ++i) {
      sqlite3_bind_int64(insert, 1, i);
      sqlite3_bind_blob(insert, 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  }
  const double rate = kUpdates / (bench::wallSeconds() - start);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rate;
}

}  // namespace

int main() {
  for (const unsigned atOnce : {1u, 16u}) {
    std::vector<double> ours, bare;
    for (int run = 0; run < 3; ++run) {
      const Folder folder;
      bare.push_back(perSecondBare(folder.file("bare.db"), atOnce));
      ours.push_back(perSecondThroughStore(folder.file("cluster.db"), atOnce));
    }
    holdfast::bench::figure("durable_updates_" + std::to_string(atOnce) + "_at_once", holdfast::bench::median(ours),
                            "per_s", "bare_sqlite", holdfast::bench::median(bare));
  }
  return 0;
}
