// The store behind the loop: one thread that executes gum::Persist in the order given and answers by events posted to
// the loop. Persists that wait together share one transaction and one sync (GUM-3).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "clussvc/store/database_file.h"
#include "core/gum/messages.h"

namespace holdfast::clussvc::store {

/// What the shell needs of a store. Contract (one suite runs against every implementation):
///  * `done` comes exactly once for each persist, in the order of submit, and never from inside submit;
///  * when it comes, the persist survives a crash of the process and of the machine; one that only applies committed
///    updates may be forgotten by a crash of the machine, but only together with all that came after it;
///  * a failure (disk full, I/O error, locked) is final: `failed` comes once, and no `done` after it. What was not
///    `done` by then may or may not be in the file.
class Persister {
 public:
  virtual ~Persister() = default;
  virtual void submit(gum::Persist persist) = 0;
};

class Store : public Persister {
 public:
  /// Runs a function on the loop thread, later, in order. Called on either thread.
  using Post = std::function<void(std::function<void()>)>;
  struct Events {
    std::function<void(std::uint64_t persist)> done;
    std::function<void(const Error&)> failed;
  };

  Store(DatabaseFile file, Post post, Events events);
  /// Executes what waits, closes the file, ends the thread. No event comes after it has returned, if the loop does not
  /// run meanwhile what was posted.
  ~Store() override;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  void submit(gum::Persist persist) override;

 private:
  void run();
  void report(std::vector<std::uint64_t> numbers);

  /// Owned by what is posted to the loop too, which may run when the store is gone.
  struct Queue {
    std::mutex mutex;
    std::condition_variable wake;
    std::vector<gum::Persist> persists;
    bool ripe = false;  ///< the turn of the loop that submitted the first of them is over
    bool stopping = false;
  };
  std::vector<gum::Persist> nextGroup();

  DatabaseFile file_;
  Post post_;
  Events events_;
  std::shared_ptr<Queue> queue_ = std::make_shared<Queue>();
  std::thread thread_;  ///< last: it uses the others
};

}  // namespace holdfast::clussvc::store
