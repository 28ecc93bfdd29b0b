// Groups, resource types and names: created, deleted, renamed (CL §2.3, §2.5, §2.6).
#pragma once

#include <functional>
#include <set>
#include <string>

#include "core/rcm/answers.h"
#include "core/rcm/context.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {

/// Names and objects of requests on their way: judged as taken until the request has ended, so that two requests in
/// flight cannot both be right.
class Reserved {
 public:
  bool takes(std::string name) { return names_.insert(std::move(name)).second; }
  bool has(const std::string& name) const { return names_.contains(name); }
  void release(const std::string& name) { names_.erase(name); }

 private:
  std::set<std::string> names_;
};

class Configuration {
 public:
  Configuration(Context& context, Story& story, Proposals& proposals, Reserved& reserved)
      : context_(context), story_(story), proposals_(proposals), reserved_(reserved) {}

  void create(const CreateGroup& operation, const Ask& ask);
  void remove(const DeleteGroup& operation, const Ask& ask);
  void rename(const RenameGroup& operation, const Ask& ask);
  void create(const CreateResourceType& operation, const Ask& ask);
  void remove(const DeleteResourceType& operation, const Ask& ask);
  void rename(const RenameResource& operation, const Ask& ask);

 private:
  /// Proposes, answers, and gives `reservation` back; `after` runs if it was done.
  void propose(database::Batch batch, const Ask& ask, std::string reservation, ObjectId created,
               std::function<void()> after);

  Context& context_;
  Story& story_;
  Proposals& proposals_;
  Reserved& reserved_;
};

/// 1 to 255 characters.
bool isName(std::string_view name);
/// What Reserved keeps: kind and name without case.
std::string reservation(std::string_view kind, std::string_view name);

}  // namespace holdfast::rcm
