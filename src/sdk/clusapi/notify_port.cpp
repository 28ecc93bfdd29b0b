#include "sdk/clusapi/notify_port.h"

#include <clusapi.h>

#include <algorithm>
#include <utility>

namespace holdfast::clusapi {

namespace {

/// Acknowledged so often that the service's window never closes on a reader that keeps up.
constexpr std::uint32_t kAcknowledgeEvery = 64;

std::uint64_t handleCloseFlag(DWORD type) {
  switch (type) {
    case CLUSTER_OBJECT_TYPE_NONE:
      return CLUSTER_CHANGE_HANDLE_CLOSE;
    case CLUSTER_OBJECT_TYPE_CLUSTER:
      return CLUSTER_CHANGE_CLUSTER_HANDLE_CLOSE_V2;
    case CLUSTER_OBJECT_TYPE_GROUP:
      return CLUSTER_CHANGE_GROUP_HANDLE_CLOSE_V2;
    case CLUSTER_OBJECT_TYPE_RESOURCE:
      return CLUSTER_CHANGE_RESOURCE_HANDLE_CLOSE_V2;
    case CLUSTER_OBJECT_TYPE_NODE:
      return CLUSTER_CHANGE_NODE_HANDLE_CLOSE_V2;
    default:
      return 0;
  }
}

}  // namespace

/// Requires setup_. The port at the service, made there if need be.
Outcome NotifyPort::portOn(std::uint64_t epoch, std::uint64_t& number) {
  if (epoch_ != epoch || number_ == 0) {
    wire::HandleAnswer answer;
    Outcome outcome = callOn(*channel_, epoch, Call::CreatePort, wire::CreatePortRequest(), answer);
    if (!outcome.ok()) return outcome;
    epoch_ = epoch;
    number_ = answer.handle();
    if (!channel_->watch(epoch_, number_, weak_from_this())) return {kAgain, {}, {}};
  }
  number = number_;
  return {};
}

Outcome NotifyPort::addAtService(Channel& channel, const Registration& registration) {
  wire::FilterRequest request;
  request.set_object_type(registration.type);
  request.set_flags(registration.flags);
  request.set_key(registration.key);
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t number = 0, handle = 0;
    Outcome filled = portOn(epoch, number);
    if (filled.ok()) filled = registration.object->handleOn(epoch, handle);
    request.set_port(number);
    request.set_handle(handle);
    return filled;
  };
  wire::ServerFrame frame;
  return perform(channel, Call::AddFilter, request, fill, frame);
}

Outcome NotifyPort::add(std::shared_ptr<Remote> object, DWORD type, std::uint64_t flags, std::uint64_t key) {
  const std::lock_guard lock(setup_);
  if (channel_ && channel_ != object->sharedChannel()) {
    return {ERROR_INVALID_HANDLE, "port and object are of different connections",
            "make a port for each cluster handle"};
  }
  channel_ = object->sharedChannel();
  Registration registration{std::move(object), type, flags, key};
  Outcome outcome = addAtService(*channel_, registration);
  if (outcome.ok()) registrations_.push_back(std::move(registration));
  return outcome;
}

DWORD NotifyPort::next(DWORD wait_ms, const std::function<DWORD(const Event&)>& take) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait_ms);
  std::unique_lock lock(mutex_);
  for (;;) {
    if (!queue_.empty()) {
      const DWORD code = take(queue_.front());
      if (code == ERROR_MORE_DATA) return code;
      const bool ofService = queue_.front().port() != 0;
      const std::uint64_t number = queue_.front().port();
      queue_.pop_front();
      if (ofService) ++taken_;
      if (taken_ != 0 && (taken_ >= kAcknowledgeEvery || queue_.empty())) {
        wire::AcknowledgeRequest request;
        request.set_port(number);
        request.set_count(std::exchange(taken_, 0));
        lock.unlock();
        const std::lock_guard setup(setup_);
        if (channel_) channel_->post(epoch_, Call::Acknowledge, request);
      }
      return code;
    }
    if (shut_) return ERROR_INVALID_HANDLE;
    if (changed_) {
      changed_ = false;
      lock.unlock();
      followConnection();
      lock.lock();
      continue;
    }
    if (ended_) return RPC_S_SERVER_UNAVAILABLE;
    const auto something = [this] { return !queue_.empty() || shut_ || changed_; };
    if (wait_ms == INFINITE) {
      arrived_.wait(lock, something);
    } else if (!arrived_.wait_until(lock, deadline, something)) {
      return WAIT_TIMEOUT;
    }
  }
}

void NotifyPort::followConnection() {
  const std::lock_guard setup(setup_);
  if (!channel_) return;
  if (!channel_->reopens()) {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    queueOwnEvent(CLUSTER_CHANGE_CLUSTER_STATE, CLUSTER_CHANGE_CLUSTER_STATE_V2);
    return;
  }
  closeAtService(*channel_);
  // An object that was deleted meanwhile has no events any more.
  for (const Registration& registration : registrations_) addAtService(*channel_, registration);
  const std::lock_guard lock(mutex_);
  taken_ = 0;
  queueOwnEvent(CLUSTER_CHANGE_CLUSTER_RECONNECT, CLUSTER_CHANGE_CLUSTER_RECONNECT_V2);
}

/// Requires both locks. For each filter that asks for it.
void NotifyPort::queueOwnEvent(std::uint32_t firstVersionFlag, std::uint64_t clusterFlag) {
  for (const Registration& registration : registrations_) {
    const bool first = registration.type == CLUSTER_OBJECT_TYPE_NONE;
    if (!first && registration.type != CLUSTER_OBJECT_TYPE_CLUSTER) continue;
    const std::uint64_t flag = first ? firstVersionFlag : clusterFlag;
    if ((registration.flags & flag) == 0) continue;
    Event event;
    event.set_key(registration.key);
    event.set_object_type(registration.type);
    event.set_flags(flag);
    queue_.push_back(std::move(event));
  }
}

/// Requires setup_.
void NotifyPort::closeAtService(Channel& channel) {
  if (number_ == 0) return;
  wire::HandleRequest request;
  request.set_handle(std::exchange(number_, 0));
  channel.post(epoch_, Call::Close, request);
}

void NotifyPort::shut() {
  std::shared_ptr<Channel> channel;
  std::vector<Registration> registrations;
  {
    const std::lock_guard setup(setup_);
    // The thread that reads the connection may hold this port for a moment: it must not be the last to hold a channel.
    channel = std::exchange(channel_, nullptr);
    registrations = std::exchange(registrations_, {});
    if (channel) closeAtService(*channel);
  }
  const std::lock_guard lock(mutex_);
  queue_.clear();
  const auto wanted = std::ranges::find_if(registrations, [](const Registration& registration) {
    return (registration.flags & handleCloseFlag(registration.type)) != 0;
  });
  if (wanted != registrations.end()) {
    Event event;
    event.set_key(wanted->key);
    event.set_object_type(wanted->type);
    event.set_flags(handleCloseFlag(wanted->type));
    queue_.push_back(std::move(event));
  }
  shut_ = true;
  arrived_.notify_all();
}

void NotifyPort::take(Event event) {
  const std::lock_guard lock(mutex_);
  if (shut_) return;
  queue_.push_back(std::move(event));
  arrived_.notify_one();
}

void NotifyPort::connectionChanged() {
  const std::lock_guard lock(mutex_);
  changed_ = true;
  arrived_.notify_all();
}

}  // namespace holdfast::clusapi
