// Functions about dependencies between resources.
#include <clusapi.h>

#include "sdk/clusapi/remote.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

/// A call about two resources, which must be of the same connection (CL §1).
template <class Answer>
Outcome performPair(HRESOURCE hResource, HRESOURCE hProvider, Call call, Answer& answer) {
  Outcome outcome;
  const auto resource = memberOf(hResource, Object::Kind::Resource, outcome);
  const auto provider = resource ? memberOf(hProvider, Object::Kind::Resource, outcome) : nullptr;
  if (!provider) return outcome;
  if (resource->sharedChannel() != provider->sharedChannel()) {
    return {ERROR_INVALID_HANDLE, "the handles are of different connections", "open both through one cluster handle"};
  }
  wire::DependencyRequest request;
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t first = 0, second = 0;
    Outcome filled = resource->handleOn(epoch, first);
    if (filled.ok()) filled = provider->handleOn(epoch, second);
    request.set_resource(first);
    request.set_provider(second);
    return filled;
  };
  wire::ServerFrame frame;
  outcome = perform(resource->channel(), call, request, fill, frame);
  if (outcome.ok() && !answer.ParseFromString(frame.body())) outcome = {RPC_X_BAD_STUB_DATA, {}, {}};
  return outcome;
}

}  // namespace

DWORD WINAPI AddClusterResourceDependency(HRESOURCE hResource, HRESOURCE hDependsOn) {
  wire::Empty answer;
  return finish(performPair(hResource, hDependsOn, Call::AddDependency, answer));
}

DWORD WINAPI RemoveClusterResourceDependency(HRESOURCE hResource, HRESOURCE hDependsOn) {
  wire::Empty answer;
  return finish(performPair(hResource, hDependsOn, Call::RemoveDependency, answer));
}

BOOL WINAPI CanResourceBeDependent(HRESOURCE hResource, HRESOURCE hResourceDependent) {
  wire::CanDependAnswer answer;
  const Outcome outcome = performPair(hResource, hResourceDependent, Call::CanDepend, answer);
  return finishWith(outcome, answer.can() ? TRUE : FALSE, FALSE);
}

DWORD WINAPI GetClusterResourceDependencyExpression(HRESOURCE hResource, LPWSTR lpszDependencyExpression,
                                                    LPDWORD lpcchDependencyExpression) {
  Outcome outcome;
  const auto resource = memberOf(hResource, Object::Kind::Resource, outcome);
  if (!resource) return finish(outcome);
  wire::HandleRequest request;
  wire::DependencyExpressionAnswer answer;
  outcome = perform(*resource, Call::DependencyExpression, request, &wire::HandleRequest::set_handle, answer);
  if (!outcome.ok()) return finish(outcome);
  return finish(giveText(answer.expression(), lpszDependencyExpression, lpcchDependencyExpression));
}
