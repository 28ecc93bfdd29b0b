// Beyond the Cluster API of Windows (holdfast/cluster.h): sentences behind errors, events, explanations, the log.
#include <holdfast/cluster.h>

#include <cstring>

#include "calls/error_text.h"
#include "sdk/clusapi/remote.h"

namespace {

using namespace holdfast::clusapi;

DWORD objectKindOf(wire::Object kind) {
  switch (kind) {
    case wire::GROUP:
      return CLUSTER_OBJECT_TYPE_GROUP;
    case wire::RESOURCE:
      return CLUSTER_OBJECT_TYPE_RESOURCE;
    case wire::RESOURCE_TYPE:
      return CLUSTER_OBJECT_TYPE_RESOURCE_TYPE;
    case wire::NODE:
      return CLUSTER_OBJECT_TYPE_NODE;
    default:
      return CLUSTER_OBJECT_TYPE_CLUSTER;
  }
}

void tell(const wire::Event& from, HOLDFAST_EVENT_ROUTINE routine, void* context) {
  HOLDFAST_EVENT event{};
  event.number = from.number();
  event.unix_ns = from.unix_ns();
  event.monotonic_ns = from.monotonic_ns();
  event.level = from.level();
  event.id = from.id();
  event.object_kind = objectKindOf(from.object());
  event.object_id = from.object_id().c_str();
  event.object_name = from.object_name().c_str();
  event.step = from.step().c_str();
  event.text = from.text().c_str();
  event.cause_actor = from.cause_actor().c_str();
  event.cause_text = from.cause_text().c_str();
  event.parent = from.parent();
  routine(&event, context);
}

/// A string that the caller frees with LocalFree; null without memory.
char* allocated(const std::string& text) {
  auto* copy = static_cast<char*>(LocalAlloc(0, text.size() + 1));
  if (copy) std::memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

}  // namespace

DWORD WINAPI HoldfastErrorText(DWORD code, char* text, DWORD text_bytes) {
  if (!text || text_bytes == 0) return finish(ERROR_INVALID_PARAMETER);
  const Outcome& last = lastRefusal();
  const bool same = last.code == code && code != ERROR_SUCCESS;
  const std::string sentence =
      holdfast::calls::formatError(code, same ? last.subject : std::string{}, same ? last.advice : std::string{});
  std::size_t size = std::min<std::size_t>(sentence.size(), text_bytes - 1);
  // Cut between characters: not before a byte that continues one.
  while (size > 0 && size < sentence.size() && (static_cast<unsigned char>(sentence[size]) & 0xC0) == 0x80) --size;
  std::memcpy(text, sentence.data(), size);
  text[size] = '\0';
  return ERROR_SUCCESS;
}

DWORD WINAPI HoldfastReadEvents(HCLUSTER hCluster, ULONGLONG* after, DWORD at_most, DWORD wait_ms,
                                HOLDFAST_EVENT_ROUTINE routine, void* context) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  if (!cluster) return finish(outcome);
  if (!after || !routine) return finish(ERROR_INVALID_PARAMETER);
  wire::EventsRequest request;
  request.set_after(*after);
  request.set_at_most(at_most);
  request.set_wait(wait_ms != 0);
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t handle = 0;
    Outcome filled = cluster->handleOn(epoch, handle);
    request.set_cluster(handle);
    return filled;
  };
  const auto patience =
      wait_ms == INFINITE || wait_ms == 0 ? std::chrono::milliseconds::max() : std::chrono::milliseconds(wait_ms);
  wire::ServerFrame frame;
  do {
    outcome = perform(cluster->channel(), Call::Events, request, fill, frame, Repeat::IfItReads, patience);
    // With INFINITE, "unknown after an hour" only means that nothing happened.
  } while (outcome.code == ERROR_TIMEOUT && wait_ms == INFINITE);
  if (outcome.code == ERROR_CANCELLED) return finish(WAIT_TIMEOUT);
  if (!outcome.ok()) return finish(outcome);
  wire::EventsAnswer answer;
  if (!answer.ParseFromString(frame.body())) return finish(RPC_X_BAD_STUB_DATA);
  if (answer.events().empty()) return finish(WAIT_TIMEOUT);
  for (const auto& event : answer.events()) tell(event, routine, context);
  *after = answer.last();
  return ERROR_SUCCESS;
}

DWORD WINAPI HoldfastExplain(HRESOURCE resource, HGROUP group, char** now, char** next, LONGLONG* next_in_ms,
                             HOLDFAST_EVENT_ROUTINE chain, void* context) {
  if ((resource == nullptr) == (group == nullptr)) return finish(ERROR_INVALID_PARAMETER);
  Outcome outcome;
  const auto member =
      resource ? memberOf(resource, Object::Kind::Resource, outcome) : memberOf(group, Object::Kind::Group, outcome);
  if (!member) return finish(outcome);
  wire::HandleRequest request;
  wire::ExplainAnswer answer;
  outcome = perform(*member, Call::Explain, request, &wire::HandleRequest::set_handle, answer);
  if (!outcome.ok()) return finish(outcome);
  char* nowText = now ? allocated(answer.now()) : nullptr;
  char* nextText = next ? allocated(answer.next()) : nullptr;
  if ((now && !nowText) || (next && !nextText)) {
    LocalFree(nowText);
    LocalFree(nextText);
    return finish(ERROR_NOT_ENOUGH_MEMORY);
  }
  if (chain) {
    for (const auto& event : answer.chain()) tell(event, chain, context);
  }
  if (now) *now = nowText;
  if (next) *next = nextText;
  if (next_in_ms) *next_in_ms = answer.next_in_ms();
  return ERROR_SUCCESS;
}

DWORD WINAPI HoldfastReadLog(HCLUSTER hCluster, DWORD lines, HOLDFAST_LOG_ROUTINE routine, void* context) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  if (!cluster) return finish(outcome);
  if (!routine) return finish(ERROR_INVALID_PARAMETER);
  wire::LogRequest request;
  request.set_lines(lines);
  wire::LogAnswer answer;
  outcome = perform(*cluster, Call::Log, request, &wire::LogRequest::set_cluster, answer);
  if (!outcome.ok()) return finish(outcome);
  for (const auto& line : answer.lines()) routine(line.c_str(), context);
  return ERROR_SUCCESS;
}
