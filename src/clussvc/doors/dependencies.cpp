// Calls about dependencies between resources.
#include <algorithm>

#include "clussvc/doors/session_state.h"
#include "clussvc/doors/submit.h"

namespace holdfast::clussvc::doors {

namespace {

struct Ends {
  ObjectRef resource;
  ObjectRef provider;
};

Result<Ends> endsOf(SessionState& state, const calls::DependencyRequest& request) {
  const auto resource = state.object(request.resource(), ObjectKind::Resource);
  if (!resource) return std::unexpected(resource.error());
  const auto provider = state.object(request.provider(), ObjectKind::Resource);
  if (!provider) return std::unexpected(provider.error());
  return Ends{*resource, *provider};
}

/// Does `from` depend on `on`, directly or through others? Dependencies have no circle, but a set of what was seen
/// keeps a wide graph from being walked more than once.
bool dependsOn(const core::ClusterView& view, const ObjectId& from, const ObjectId& on, std::set<ObjectId>& seen) {
  if (!seen.insert(from).second) return false;
  const auto resource = view.resource(from);
  if (!resource) return false;
  return std::ranges::any_of(resource->providers, [&](const ObjectId& provider) {
    return provider == on || dependsOn(view, provider, on, seen);
  });
}

}  // namespace

void addDependency(SessionState& state, const calls::DependencyRequest& request, const Reply& reply) {
  const auto ends = endsOf(state, request);
  if (!ends) return reply.refuse(ends.error());
  submit(state, AddDependency{ends->resource.id, ends->provider.id}, ends->resource,
         "asked to make " + called(state.view(), ends->resource) + " depend on " + called(state.view(), ends->provider),
         reply);
}

void removeDependency(SessionState& state, const calls::DependencyRequest& request, const Reply& reply) {
  const auto ends = endsOf(state, request);
  if (!ends) return reply.refuse(ends.error());
  submit(state, RemoveDependency{ends->resource.id, ends->provider.id}, ends->resource,
         "asked to end the dependency of " + called(state.view(), ends->resource) + " on " +
             called(state.view(), ends->provider),
         reply);
}

void dependencyExpression(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  const auto object = state.object(request.handle(), ObjectKind::Resource);
  if (!object) return reply.refuse(object.error());
  const auto resource = state.view().resource(object->id);
  if (!resource) return reply.refuse(kResourceNotFound, "the resource was deleted");
  std::string expression;
  for (const ObjectId& provider : resource->providers) {
    if (!expression.empty()) expression += " and ";
    expression += "[" + provider + "]";
  }
  calls::DependencyExpressionAnswer answer;
  answer.set_expression(expression);
  reply.done(answer);
}

// CL-40: no when the groups differ or the provider depends on the resource already.
void canDepend(SessionState& state, const calls::DependencyRequest& request, const Reply& reply) {
  const auto ends = endsOf(state, request);
  if (!ends) return reply.refuse(ends.error());
  const auto resource = state.view().resource(ends->resource.id);
  const auto provider = state.view().resource(ends->provider.id);
  if (!resource || !provider) return reply.refuse(kResourceNotFound, "the resource was deleted");
  std::set<ObjectId> seen;
  calls::CanDependAnswer answer;
  answer.set_can(resource->id != provider->id && resource->group == provider->group &&
                 !dependsOn(state.view(), provider->id, resource->id, seen));
  reply.done(answer);
}

}  // namespace holdfast::clussvc::doors
