// Online, offline and fail requests: what is judged at the call, what is marked in the database, and then begun
// (CM §12, §14).
#pragma once

#include <memory>
#include <vector>

#include "core/rcm/answers.h"
#include "core/rcm/context.h"
#include "core/rcm/machine.h"
#include "core/rcm/requirements.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {

class Switching {
 public:
  Switching(Context& context, Story& story, Proposals& proposals, Machine& machine, Requirements& requirements)
      : context_(context), story_(story), proposals_(proposals), machine_(machine), requirements_(requirements) {}

  void online(const OnlineResource& operation, const Ask& ask);
  void offline(const OfflineResource& operation, const Ask& ask);
  void online(const OnlineGroup& operation, const Ask& ask);
  void offline(const OfflineGroup& operation, const Ask& ask);
  void fail(const FailResource& operation, const Ask& ask);

 private:
  using Ids = std::shared_ptr<const std::vector<ObjectId>>;

  /// Nothing if there is none, or it is being deleted; then the request is answered.
  Resource* find(const ObjectId& id, const Ask& ask);
  void checkRequirements(Ids toStart, std::size_t index, const Ask& ask);
  void markAndStart(const Ids& toStart, const Ask& ask);

  Context& context_;
  Story& story_;
  Proposals& proposals_;
  Machine& machine_;
  Requirements& requirements_;
};

}  // namespace holdfast::rcm
