#include "sdk/clusapi/channel.h"

namespace holdfast::clusapi {

namespace {

constexpr std::uint32_t kProtocol = 1;

Outcome unavailable() {
  return {RPC_S_SERVER_UNAVAILABLE, "the Cluster service of this node cannot be reached",
          "see whether clussvc runs, and with which socket"};
}

}  // namespace

std::string Channel::frameOf(std::uint64_t id, Call call, const google::protobuf::MessageLite& request) const {
  wire::ClientFrame frame;
  frame.set_id(id);
  frame.set_call(static_cast<std::uint32_t>(call));
  request.SerializeToString(frame.mutable_body());
  return frame.SerializeAsString();
}

std::uint64_t Channel::epoch() {
  const std::lock_guard lock(mutex_);
  return up_ ? epoch_ : 0;
}

wire::HelloAnswer Channel::hello() {
  const std::lock_guard lock(mutex_);
  return hello_;
}

std::uint64_t Channel::ready(Outcome& problem) {
  for (;;) {
    std::uint64_t epoch = 0;
    {
      std::unique_lock lock(mutex_);
      if (reopens()) changed_.wait(lock, [this] { return up_ && !greeting_; });
      changed_.wait(lock, [this] { return !greeting_; });
      if (!up_) {
        problem = unavailable();
        return 0;
      }
      if (greeted_ == epoch_) return epoch_;
      greeting_ = true;
      epoch = epoch_;
    }
    const bool welcome = greet(epoch, problem);
    if (welcome) return epoch;
    if (!problem.ok()) return 0;
  }
}

/// False with no problem: the connection ended meanwhile and another one follows.
bool Channel::greet(std::uint64_t epoch, Outcome& problem) {
  wire::HelloRequest request;
  request.set_protocol_lowest(kProtocol);
  request.set_protocol_highest(kProtocol);
  request.set_build(HOLDFAST_VERSION);
  request.set_program("libclusapi");
  wire::ServerFrame frame;
  wire::HelloAnswer answer;
  const How how = call(epoch, Call::Hello, request, frame);
  const std::lock_guard lock(mutex_);
  greeting_ = false;
  changed_.notify_all();
  if (how == How::Answered && frame.status() == ERROR_SUCCESS && answer.ParseFromString(frame.body())) {
    greeted_ = epoch;
    hello_ = answer;
    return true;
  }
  if (how == How::Answered) {
    problem = {frame.status() != 0 ? frame.status() : DWORD{RPC_X_BAD_STUB_DATA}, frame.subject(), frame.advice()};
  } else if (!reopens()) {
    problem = unavailable();
  }
  return false;
}

Channel::How Channel::call(std::uint64_t epoch, Call call, const google::protobuf::MessageLite& request,
                           wire::ServerFrame& answer, std::chrono::milliseconds cancelAfter) {
  Pending pending;
  std::uint64_t id = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!up_ || epoch_ != epoch) return How::NotSent;
    id = ++lastId_;
    pending_.emplace(id, &pending);
  }
  const DWORD sent = transmit(frameOf(id, call, request));
  std::unique_lock lock(mutex_);
  if (sent != ERROR_SUCCESS) {
    pending_.erase(id);
    noteDown(epoch);
    return How::NotSent;
  }
  const auto over = [&pending] { return pending.answered || pending.lost; };
  const bool cancels = cancelAfter < kRequestReplyTimeout;
  if (cancels && !pending.done.wait_for(lock, cancelAfter, over)) {
    lock.unlock();
    wire::CancelRequest cancel;
    cancel.set_request(id);
    post(epoch, Call::Cancel, cancel);
    lock.lock();
  }
  pending.done.wait_for(lock, kRequestReplyTimeout, over);
  pending_.erase(id);
  if (pending.answered) {
    // The host's connection changed and we were not told yet: the next service refused what came before Hello.
    if (pending.frame.status() == RPC_S_PROTOCOL_ERROR && reopens()) {
      noteDown(epoch);
      return How::NotSent;
    }
    answer = std::move(pending.frame);
    return How::Answered;
  }
  return pending.lost ? How::Lost : How::TimedOut;
}

void Channel::post(std::uint64_t epoch, Call call, const google::protobuf::MessageLite& request) {
  std::uint64_t id = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!up_ || epoch_ != epoch) return;
    id = ++lastId_;
  }
  if (transmit(frameOf(id, call, request)) != ERROR_SUCCESS) {
    const std::lock_guard lock(mutex_);
    noteDown(epoch);
  }
}

bool Channel::watch(std::uint64_t epoch, std::uint64_t number, std::weak_ptr<EventSink> sink) {
  const std::lock_guard lock(mutex_);
  if (!up_ || epoch_ != epoch) return false;
  sinks_[number] = std::move(sink);
  return true;
}

/// Requires the lock. What was sent before waits for its answer still: the connection may have delivered it.
void Channel::noteDown(std::uint64_t epoch) {
  if (epoch_ == epoch) up_ = false;
}

void Channel::losePending() {
  for (auto& [id, pending] : pending_) {
    pending->lost = true;
    pending->done.notify_all();
  }
}

std::vector<std::shared_ptr<EventSink>> Channel::takeSinks() {
  std::vector<std::shared_ptr<EventSink>> alive;
  for (auto& [number, sink] : sinks_) {
    if (auto held = sink.lock()) alive.push_back(std::move(held));
  }
  sinks_.clear();
  return alive;
}

void Channel::connected() {
  std::vector<std::shared_ptr<EventSink>> sinks;
  {
    const std::lock_guard lock(mutex_);
    losePending();
    ++epoch_;
    up_ = true;
    sinks = takeSinks();
    changed_.notify_all();
  }
  for (const auto& sink : sinks) sink->connectionChanged();
}

void Channel::disconnected() {
  std::vector<std::shared_ptr<EventSink>> sinks;
  {
    const std::lock_guard lock(mutex_);
    up_ = false;
    losePending();
    sinks = takeSinks();
    changed_.notify_all();
  }
  for (const auto& sink : sinks) sink->connectionChanged();
}

void Channel::deliver(std::string_view body) {
  wire::ServerFrame frame;
  if (!frame.ParseFromArray(body.data(), static_cast<int>(body.size()))) return;
  std::shared_ptr<EventSink> sink;
  {
    const std::lock_guard lock(mutex_);
    if (frame.id() != 0) {
      const auto found = pending_.find(frame.id());
      if (found == pending_.end()) return;
      Pending& pending = *found->second;
      // It was made on the connection before: an answer to it now comes from a service that knows its handles not.
      if (pending.lost) return;
      pending.frame = std::move(frame);
      pending.answered = true;
      pending.done.notify_all();
      return;
    }
    const auto found = sinks_.find(frame.event().port());
    if (found != sinks_.end()) sink = found->second.lock();
  }
  if (sink) sink->take(std::move(*frame.mutable_event()));
}

}  // namespace holdfast::clusapi
