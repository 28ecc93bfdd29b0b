// The engine: who is there, and messages to all of them in one order (design §1). Loopback for one node, Corosync for
// several. It makes global updates fast and live; their safety never rests on it (GUM.md).
#pragma once

#include <functional>

#include "core/base/types.h"
#include "core/gum/messages.h"

namespace holdfast::clussvc::engine {

/// Contract (one suite runs against every implementation):
///  * the first thing that comes after start() is a view with this member in it;
///  * a message may be lost, late or repeated, and may come in a later view than it was sent in; those that come, come
///  in
///    the same order on all members, and to the sender too;
///  * messages of one sender come in the order of sending;
///  * nothing comes from inside start() or send(), only from the loop; nothing comes after stop().
class Engine {
 public:
  struct Events {
    std::function<void(const gum::View&)> view;
    std::function<void(gum::Message)> message;
  };

  virtual ~Engine() = default;
  virtual void start(const gum::MemberId& self, Events events) = 0;
  virtual void send(gum::Message message) = 0;
  virtual void stop() = 0;
};

}  // namespace holdfast::clussvc::engine
