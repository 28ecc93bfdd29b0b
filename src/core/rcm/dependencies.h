// Dependencies of resources: what may be added and removed, and the order of refusals (CM §12).
#pragma once

#include <deque>
#include <functional>
#include <vector>

#include "core/rcm/answers.h"
#include "core/rcm/context.h"

namespace holdfast::rcm {

/// Would `dependent` needing `provider` close a circle? True also for the resource itself.
bool closesCircle(const Resource& dependent, const Resource& provider);

class Dependencies {
 public:
  Dependencies(Context& context, Proposals& proposals) : context_(context), proposals_(proposals) {}

  void add(const AddDependency& operation, const Ask& ask);
  void remove(const RemoveDependency& operation, const Ask& ask);

 private:
  using Change = std::function<void()>;

  /// One change at a time: two in flight could close a circle together, or overwrite each other.
  void enqueue(Change change);
  void next();
  void finish(const Ask& ask, Error refusal);
  void write(const Resource& dependent, std::vector<ObjectId> providers, const Ask& ask);

  void judgeAdd(const AddDependency& operation, const Ask& ask);
  void judgeRemove(const RemoveDependency& operation, const Ask& ask);

  Context& context_;
  Proposals& proposals_;
  std::deque<Change> waiting_;
  bool busy_ = false;
};

}  // namespace holdfast::rcm
