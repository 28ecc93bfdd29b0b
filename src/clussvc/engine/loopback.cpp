#include "clussvc/engine/loopback.h"

#include <utility>

namespace holdfast::clussvc::engine {

struct Loopback::State {
  Events events;
  std::deque<gum::Message> messages;
};

Loopback::Loopback(Post post) : post_(std::move(post)) {}
Loopback::~Loopback() = default;

void Loopback::start(const gum::MemberId& self, Events events) {
  state_ = std::make_shared<State>();
  state_->events = std::move(events);
  // A restarted process is a new member, and its view another one than its predecessor's.
  gum::View view{self.incarnation, {self}};
  post_([weak = std::weak_ptr(state_), view = std::move(view)] {
    if (const auto state = weak.lock()) state->events.view(view);
  });
}

void Loopback::send(gum::Message message) {
  if (!state_) return;
  state_->messages.push_back(std::move(message));
  if (state_->messages.size() == 1) deliverLater();
}

void Loopback::deliverLater() {
  post_([weak = std::weak_ptr(state_)] {
    const auto state = weak.lock();
    if (!state) return;
    // Those that are there now; what is sent meanwhile gets a turn of its own, so that the loop can do other things.
    const std::deque<gum::Message> messages = std::exchange(state->messages, {});
    for (const gum::Message& message : messages) state->events.message(message);
  });
}

void Loopback::stop() { state_.reset(); }

}  // namespace holdfast::clussvc::engine
