// Durable updates per second through the store, one and 16 at a time, against bare SQLite with the same durability: one
// writer, WAL, synchronous=FULL, the same bytes, as many updates per transaction as wait.
#include <sqlite3.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>

#include "bench/figure.h"
#include "clussvc/store/database_file.h"
#include "clussvc/store/store.h"

namespace {

using namespace holdfast;

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

/// The loop of the daemon, run by the calling thread.
class Loop {
 public:
  void post(std::function<void()> function) {
    const std::lock_guard lock(mutex_);
    posted_.push_back(std::move(function));
    wake_.notify_one();
  }
  void runUntil(const std::function<bool()>& condition) {
    while (!condition()) {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return !posted_.empty(); });
      const auto next = std::move(posted_.front());
      posted_.pop_front();
      lock.unlock();
      next();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> posted_;
};

double perSecondThroughStore(const std::string& path, unsigned updates, unsigned atOnce) {
  auto opened = clussvc::store::DatabaseFile::open(path);
  if (!opened) {
    std::fprintf(stderr, "store_updates: %s\n", opened.error().error.subject.c_str());
    std::exit(1);
  }
  Loop loop;
  std::uint64_t submitted = 0, done = 0;
  std::optional<clussvc::store::Store> store;
  const auto submitOne = [&] {
    gum::Persist persist;
    persist.number = ++submitted;
    if (submitted == 1) persist.instance = 7;
    persist.append = {entry(submitted)};
    store->submit(std::move(persist));
  };
  store.emplace(
      std::move(*opened), [&](std::function<void()> function) { loop.post(std::move(function)); },
      clussvc::store::Store::Events{[&](std::uint64_t) {
                                      ++done;
                                      if (submitted < updates) submitOne();
                                    },
                                    [](const Error& error) {
                                      std::fprintf(stderr, "store_updates: %s\n", error.subject.c_str());
                                      std::exit(1);
                                    }});
  const double start = bench::wallSeconds();
  while (submitted < atOnce) submitOne();
  loop.runUntil([&] { return done == updates; });
  return updates / (bench::wallSeconds() - start);
}

double perSecondBare(const std::string& path, unsigned updates, unsigned atOnce) {
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
  for (unsigned i = 0; i < updates;) {
    sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
    for (unsigned k = 0; k < atOnce && i < updates; ++k, ++i) {
      sqlite3_bind_int64(insert, 1, i);
      sqlite3_bind_blob(insert, 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  }
  const double rate = updates / (bench::wallSeconds() - start);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rate;
}

}  // namespace

int main() {
  constexpr unsigned kTransactions = 1000;
  for (const unsigned atOnce : {1u, 16u}) {
    const unsigned updates = kTransactions * atOnce;
    std::vector<double> ours, bare;
    for (int run = 0; run < 5; ++run) {
      const Folder folder;
      bare.push_back(perSecondBare(folder.file("bare.db"), updates, atOnce));
      ours.push_back(perSecondThroughStore(folder.file("cluster.db"), updates, atOnce));
    }
    holdfast::bench::figure("durable_updates_" + std::to_string(atOnce) + "_at_once", holdfast::bench::median(ours),
                            "per_s", "bare_sqlite", holdfast::bench::median(bare));
  }
  return 0;
}
