#include "core/rcm/touched.h"

#include "core/database/schema.h"

namespace holdfast::rcm {
namespace {

namespace schema = database::schema;
using database::Command;

bool changes(Command::Kind kind) {
  switch (kind) {
    case Command::Kind::CreateKey:
    case Command::Kind::DeleteKey:
    case Command::Kind::SetValue:
    case Command::Kind::DeleteValue:
      return true;
    default:
      return false;
  }
}

Touched::Objects* tableOf(Touched& touched, std::string_view top) {
  if (database::sameName(top, schema::kResources)) return &touched.resources;
  if (database::sameName(top, schema::kGroups)) return &touched.groups;
  if (database::sameName(top, schema::kResourceTypes)) return &touched.types;
  if (database::sameName(top, schema::kNodes)) return &touched.nodes;
  return nullptr;
}

}  // namespace

Touched touchedBy(const database::Batch& batch) {
  Touched touched;
  for (const Command& command : batch.commands) {
    if (!changes(command.kind)) continue;
    const bool value = command.kind == Command::Kind::SetValue || command.kind == Command::Kind::DeleteValue;
    const auto path = database::splitPath(command.key);
    Touched::Object* object = &touched.cluster;
    std::size_t depth = 0;  // of the object's own key
    if (!path.empty() && !database::sameName(path[0], schema::kParameters)) {
      Touched::Objects* table = tableOf(touched, path[0]);
      if (!table) continue;
      if (path.size() == 1) {
        touched.everything = touched.everything || command.kind == Command::Kind::DeleteKey;
        continue;
      }
      object = &(*table)[ObjectId(path[1])];
      depth = 2;
    }
    if (path.size() == depth) {
      if (value) object->values.insert(command.name);
    } else if (database::sameName(path[depth], schema::kParameters)) {
      object->parameters = object->parameters || value || command.kind == Command::Kind::DeleteKey;
    }
  }
  return touched;
}

}  // namespace holdfast::rcm
