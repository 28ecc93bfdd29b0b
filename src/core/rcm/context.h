// What the parts of the RCM share: the world as they may read it, the clock of this call, and the effects they fill.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "core/base/types.h"
#include "core/database/indexes.h"
#include "core/database/tree.h"
#include "core/rcm/model.h"
#include "core/rcm/rcm.h"

namespace holdfast::rcm {

struct Context {
  Context(Config c, const database::Tree& d, const database::Tree& v, const database::Indexes& i, EventSink& e)
      : config(std::move(c)),
        durable(d),
        volatileTree(v),
        indexes(i),
        events(e),
        lastNumber_(config.incarnation << 32) {}

  const Config config;
  const database::Tree& durable;
  const database::Tree& volatileTree;
  const database::Indexes& indexes;
  EventSink& events;

  Registry registry;
  Time now{};                  ///< of the call in progress
  Effects* effects = nullptr;  ///< of the call in progress

  bool active = false;    ///< proposals are taken
  bool adopted = false;   ///< monitors of an earlier life have connected or are gone
  bool stopping = false;  ///< a clean stop is under way

  /// Resources may be started.
  bool mayStart() const { return active && adopted && !stopping; }

  monitor::OperationId newOperation() { return ++lastNumber_; }
  monitor::InstanceId newInstance() { return ++lastNumber_; }

 private:
  /// Of operations and instances. Begins above those of an earlier life of the service, which adopted monitors may
  /// name.
  std::uint64_t lastNumber_;
};

/// Proposals on their way, and what each is followed by.
class Proposals {
 public:
  explicit Proposals(Context& context) : context_(context) {}

  using Done = std::function<void(const Result<std::uint64_t>&)>;

  /// Hands `batch` to gum; `done` runs when it was applied or refused. An empty batch is done at once, with tag 0.
  void propose(database::Batch batch, Cause cause, const RequestId& request, Done done);
  void onDone(std::uint64_t token, const Result<std::uint64_t>& result);

 private:
  Context& context_;
  std::uint64_t lastToken_ = 0;
  std::map<std::uint64_t, Done> waiting_;
};

}  // namespace holdfast::rcm
