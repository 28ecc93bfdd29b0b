// What a batch touches, by object: the keys it names, sorted out once.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/base/types.h"
#include "core/database/tree.h"
#include "core/database/value.h"

namespace holdfast::rcm {

struct Touched {
  struct Object {
    std::set<std::string, database::NameLess> values;  ///< names of its key's own values
    bool parameters = false;                           ///< something below Parameters
  };
  using Objects = std::map<ObjectId, Object, database::NameLess>;

  Object cluster;
  Objects groups, resources, types, nodes;
  bool everything = false;  ///< a top key was deleted: look at all objects
};

/// Conditions touch nothing.
Touched touchedBy(const database::Batch& batch);

}  // namespace holdfast::rcm
