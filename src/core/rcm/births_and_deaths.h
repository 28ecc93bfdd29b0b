// A resource comes to be and ceases to be: creation opens it first, deletion tells its DLL, closes it, and then takes
// the key away (RA P-15, CC §11.3).
#pragma once

#include "core/rcm/answers.h"
#include "core/rcm/calls.h"
#include "core/rcm/configuration.h"
#include "core/rcm/context.h"
#include "core/rcm/homes.h"
#include "core/rcm/machine.h"
#include "core/rcm/story.h"

namespace holdfast::rcm {

class BirthsAndDeaths {
 public:
  BirthsAndDeaths(Context& context, Story& story, Proposals& proposals, Reserved& reserved, Homes& homes, Calls& calls,
                  Machine& machine)
      : context_(context),
        story_(story),
        proposals_(proposals),
        reserved_(reserved),
        homes_(homes),
        calls_(calls),
        machine_(machine) {}

  void create(const CreateResource& operation, const Ask& ask);
  void remove(const DeleteResource& operation, const Ask& ask);
  /// Keys of creations that an earlier life of the service did not finish.
  void removeUnfinished();

 private:
  void openCreated(const ObjectId& id, const Ask& ask, const std::string& reservedName);
  void keepCreated(const ObjectId& id, const Ask& ask, const std::string& reservedName);
  void dropCreated(const ObjectId& id, std::uint32_t openStatus, const Ask& ask, const std::string& reservedName);
  void closeAndRemove(const ObjectId& id, const Ask& ask);
  void removeKey(const ObjectId& id, const Ask& ask);

  Context& context_;
  Story& story_;
  Proposals& proposals_;
  Reserved& reserved_;
  Homes& homes_;
  Calls& calls_;
  Machine& machine_;
};

}  // namespace holdfast::rcm
