#include "sdk/winapi/stateful_object.h"

#include <chrono>

namespace holdfast::winapi {
namespace {

constexpr std::chrono::milliseconds kPollInterval{20};

}  // namespace

StatefulObject::StatefulObject(const ObjectState& initial, std::unique_ptr<NamedFile> file)
    : file_(std::move(file)), own_(initial) {}

void StatefulObject::beginListening() {
  if (!file_) return;
  polled_ = !Listener::instance().addFile(file_->descriptor(), this);
  if (polled_) Listener::instance().setTimer(this, std::chrono::steady_clock::now() + kPollInterval);
}

void StatefulObject::endListening() {
  if (!file_) return;
  Listener::instance().removeFile(this);
  Listener::instance().cancelTimer(this);
  polled_ = false;
}

std::shared_ptr<void> StatefulObject::heard() {
  stateChanged();
  if (polled_) Listener::instance().setTimer(this, std::chrono::steady_clock::now() + kPollInterval);
  return nullptr;
}

void StatefulObject::announce() {
  if (file_) file_->ring();
}

ObjectState EventObject::initial(bool manualReset, bool set) {
  ObjectState state{};
  state.manualReset = manualReset ? 1 : 0;
  state.count = set ? 1 : 0;
  return state;
}

bool EventObject::take(ThreadId) {
  if (state().manualReset != 0) return false;
  state().count = 0;
  announce();
  return false;
}

void EventObject::set(bool on) {
  update([on](ObjectState& state) {
    state.count = on ? 1 : 0;
    return true;
  });
}

ObjectState SemaphoreObject::initial(LONG count, LONG maximum) {
  ObjectState state{};
  state.count = count;
  state.maximum = maximum;
  return state;
}

bool SemaphoreObject::take(ThreadId) {
  --state().count;
  announce();
  return false;
}

bool SemaphoreObject::release(LONG count, LONG& previous) {
  return update([&](ObjectState& state) {
    previous = state.count;
    if (count > state.maximum - state.count) return false;
    state.count += count;
    return true;
  });
}

}  // namespace holdfast::winapi
