// Keeps the RCM's resources and groups equal to the applied database, tells monitors and DLLs what changed for them,
// and ports what changed for everybody.
#pragma once

#include <string_view>

#include "core/gum/messages.h"
#include "core/rcm/calls.h"
#include "core/rcm/context.h"
#include "core/rcm/homes.h"
#include "core/rcm/machine.h"
#include "core/rcm/monitors.h"
#include "core/rcm/publisher.h"
#include "core/rcm/touched.h"

namespace holdfast::rcm {

class Mirror {
 public:
  Mirror(Context& context, Publisher& publisher, Monitors& monitors, Homes& homes, Calls& calls, Machine& machine)
      : context_(context),
        publisher_(publisher),
        monitors_(monitors),
        homes_(homes),
        calls_(calls),
        machine_(machine) {}

  /// All of the database, without notifications: at the first activation.
  void load();
  void onApplied(const database::Batch& batch);
  void onVolatileApplied(const database::Batch& batch);

 private:
  void group(const ObjectId& id, const Touched::Object& touched);
  void resource(const ObjectId& id, const Touched::Object& touched);
  void type(const ObjectId& id, const Touched::Object& touched);
  void propertiesOf(const ObjectRef& object, const std::string& name, const Touched::Object& touched,
                    std::uint64_t common, std::uint64_t own);

  void appear(const database::ResourceRecord& record);
  void becomeVisible(Resource& resource, const database::ResourceRecord& record);
  void vanish(Resource& resource);
  void update(Resource& resource, const database::ResourceRecord& record, const Touched::Object& touched);
  void moveTo(Resource& resource, Group* group);
  void rename(Resource& resource, const std::string& name);
  void relate(Resource& resource, const database::ResourceRecord& record);
  void pushSettings(Resource& resource);

  void notify(const Resource& resource, std::uint64_t filter, Bytes payload = {});
  void notify(ObjectKind kind, std::uint64_t filter, const ObjectId& id, const std::string& name,
              const ObjectId& parent = {}, const std::string& typeName = {}, Bytes payload = {});

  Context& context_;
  Publisher& publisher_;
  Monitors& monitors_;
  Homes& homes_;
  Calls& calls_;
  Machine& machine_;
  bool loading_ = false;
};

}  // namespace holdfast::rcm
