#include "clussvc/doors/session.h"

#include "clussvc/doors/dispatch.h"
#include "clussvc/doors/session_state.h"

namespace holdfast::clussvc::doors {

struct Session::Impl {
  std::shared_ptr<SessionState> state;
};

Session::Session(Service& service, Peer peer, std::function<void(std::string)> send)
    : impl_(std::make_shared<Impl>(Impl{std::make_shared<SessionState>(service, std::move(peer), std::move(send))})) {}

// Answers that are still under way hold the state weakly: with it go handles, ports and those who wait.
Session::~Session() { impl_->state->ended = true; }

bool Session::receive(std::string_view body, const std::optional<DllContext>& where) {
  // A reply may make the owner destroy this session (a full write queue): the state outlives the call.
  const std::shared_ptr<SessionState> state = impl_->state;
  return dispatch(*state, body, where);
}

void Session::setLaneCheck(NeedsHeldLane check) { impl_->state->needsHeldLane = std::move(check); }

}  // namespace holdfast::clussvc::doors
