// The engine of a cluster of one node: one view, and every message comes back in order through the loop. Loses nothing.
#pragma once

#include <deque>
#include <memory>

#include "clussvc/engine/engine.h"

namespace holdfast::clussvc::engine {

class Loopback : public Engine {
 public:
  /// Runs a function on the loop, later, in order.
  using Post = std::function<void(std::function<void()>)>;

  explicit Loopback(Post post);
  ~Loopback() override;

  void start(const gum::MemberId& self, Events events) override;
  void send(gum::Message message) override;
  void stop() override;

 private:
  struct State;
  void deliverLater();

  Post post_;
  std::shared_ptr<State> state_;  ///< posted functions hold it weakly
};

}  // namespace holdfast::clussvc::engine
