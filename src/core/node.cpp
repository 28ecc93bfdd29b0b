#include "core/node.h"

#include <cassert>
#include <map>
#include <set>
#include <utility>

#include "core/database/indexes.h"
#include "core/database/schema.h"
#include "core/database/tree.h"
#include "core/event_ring.h"
#include "core/gum/gum.h"
#include "core/node_view.h"
#include "core/rcm/rcm.h"

namespace holdfast::core {
namespace {

namespace schema = database::schema;

constexpr std::uint32_t kIoPending = 997;
constexpr std::uint32_t kTimeout = 1460;
constexpr std::uint32_t kNodeNotReady = 5072;  // ERROR_CLUSTER_NODE_NOT_READY
constexpr std::uint32_t kNoQuorum = 5925;      // ERROR_CLUSTER_NO_QUORUM

/// A proposal on its way through gum: who hears of its end.
struct Flight {
  enum class Of : std::uint8_t { Node, Rcm, Client } of = Of::Node;
  std::uint64_t rcmToken = 0;
  RequestId request;
};

}  // namespace

struct Node::Parts {
  explicit Parts(NodeConfig settings)
      : config(std::move(settings)),
        gum({config.id, config.incarnation}, tree),
        rcm({config.id, config.nodeName, config.incarnation}, tree, volatileTree, indexes, events),
        view(config.id, tree, indexes, gum, rcm, events) {}

  NodeConfig config;
  database::Tree tree;
  database::Tree volatileTree;
  database::Indexes indexes;
  EventRing events;
  gum::Gum gum;
  rcm::Rcm rcm;
  NodeView view;

  std::string newClusterId, newClusterName;
  std::uint64_t volatileSeq = 0;
  std::uint64_t nextToken = 1;
  std::map<std::uint64_t, Flight> flights;
  std::set<RequestId> open;                         ///< asked, not yet answered
  std::multimap<std::uint64_t, RequestId> waiting;  ///< asked again, by the entry that they wait for
  bool ready = false;                               ///< the first tree is there: rcm was told that it is active
  bool stopping = false;
  std::optional<Error> storeError;

  // What one step collects before it is put into the order that the shell obeys.
  gum::Output gumOut;
  rcm::Effects rcmOut;

  WallTime wall(Time now) const { return config.wallAtZero + now.time_since_epoch(); }

  // --- the way of an update
  // ---------------------------------------------------------------------------------------------

  void propose(Flight flight, database::Batch batch, const RequestId& request, const Cause& cause, Time now) {
    const std::uint64_t token = nextToken++;
    flights[token] = flight;
    if (!gum.active()) {
      gumOut.refused.push_back({token, notNow(), 0});
      return;
    }
    gum.propose(token, std::move(batch), request, cause, wall(now), gumOut);
  }

  Error notNow() const {
    if (storeError)
      return {kNoQuorum, "the cluster database cannot be written: " + storeError->subject, storeError->advice};
    if (stopping) return {5022, "the Cluster service is stopping", "try again when it has been started"};
    // CL-111: joining is told from having lost quorum.
    if (ready) return {kNoQuorum, "the cluster has no quorum", "bring more nodes up, then try again"};
    return {kNodeNotReady, "this node has no active leader yet", "try again in a moment"};
  }

  /// Hands on what gum and rcm want of each other until both are quiet; what goes out is collected in `effects`.
  void settle(Time now, Effects& effects) {
    for (;;) {
      gum::Output out = std::exchange(gumOut, {});
      rcm::Effects wants = std::exchange(rcmOut, {});
      const bool quiet = out.persist.empty() && out.send.empty() && out.committed.empty() &&
                         out.volatileUpdates.empty() && out.refused.empty() && !out.activated && !out.lost &&
                         wants.proposals.empty() && wants.volatileChanges.empty() && wants.monitors.empty() &&
                         wants.answers.empty() && wants.notifications.empty() && !wants.stopped;
      if (quiet) return;
      obey(std::move(out), now, effects);
      obey(std::move(wants), now, effects);
    }
  }

  void obey(gum::Output out, Time now, Effects& effects) {
    for (auto& persist : out.persist) effects.persist.push_back(std::move(persist));
    for (auto& message : out.send) effects.send.push_back(std::move(message));
    // GUM-19: applied in order, then acted on, answered, told.
    for (auto& committed : out.committed) {
      apply(committed.entry, now);
      if (committed.token != 0) ended(committed.token, committed.entry.tag.seq, now, effects);
      const auto [first, last] = waiting.equal_range(committed.entry.tag.seq);
      for (auto asked = first; asked != last; ++asked) reply(asked->second, {}, committed.entry.tag.seq);
      waiting.erase(first, last);
    }
    for (const auto& update : out.volatileUpdates) {
      [[maybe_unused]] const auto applied = volatileTree.apply(update.batch, ++volatileSeq);
      rcm.onVolatileApplied(update, now, rcmOut);
    }
    if (out.lost) quorumLost(now);
    if (out.activated) activated(now);
    for (auto& refused : out.refused)
      ended(refused.token, std::unexpected(std::pair(refused.error, refused.command)), now, effects);
  }

  void apply(const gum::Entry& entry, Time now) {
    const auto done = tree.apply(entry.batch, entry.tag.seq);
    assert((done || entry.kind == gum::Entry::Kind::Update) && "the weights' batch always fits");
    // A batch that was judged against entries which then did not come is void on every node alike.
    if (!done) return;
    indexes.update(tree, entry.batch);
    if (!entry.batch.commands.empty()) rcm.onApplied(entry, now, rcmOut);
  }

  using End = std::expected<std::uint64_t, std::pair<Error, std::size_t>>;
  void ended(std::uint64_t token, const End& end, Time now, Effects& effects) {
    const auto found = flights.find(token);
    if (found == flights.end()) return;
    const Flight flight = found->second;
    flights.erase(found);
    switch (flight.of) {
      case Flight::Of::Node:
        if (end) begin(now);
        break;
      case Flight::Of::Rcm:
        rcm.onProposalDone(
            flight.rcmToken,
            end ? Result<std::uint64_t>(*end) : Result<std::uint64_t>(std::unexpected(end.error().first)), now, rcmOut);
        break;
      case Flight::Of::Client: {
        Answer answer;
        answer.request = flight.request;
        answer.tag = end ? *end : gum.log().applied();
        if (!end) {
          answer.status = end.error().first;
          answer.failedCommand = static_cast<std::int32_t>(end.error().second);
        }
        give(std::move(answer), effects);
      }
    }
  }

  void obey(rcm::Effects wants, Time now, Effects& effects) {
    for (auto& proposal : wants.proposals) {
      propose({Flight::Of::Rcm, proposal.token, {}}, std::move(proposal.batch), proposal.request, proposal.cause, now);
    }
    for (auto& change : wants.volatileChanges)
      gum.proposeVolatile({std::move(change.cause), std::move(change.batch)}, gumOut);
    for (auto& wanted : wants.monitors) {
      std::visit([&](auto& one) { effects.monitors.push_back(translate(std::move(one))); }, wanted);
    }
    for (auto& answer : wants.answers) give(std::move(answer), effects);
    for (auto& notification : wants.notifications) effects.notifications.push_back(std::move(notification));
    if (wants.stopped) {
      // Nothing is left for the next start to repeat.
      if (!storeError) gum.checkpoint(gumOut);
      effects.stopped = true;
    }
  }

  static StartMonitor translate(rcm::StartMonitor start) { return {start.monitor, std::move(start.name)}; }
  static KillMonitor translate(rcm::KillMonitor kill) { return {kill.monitor, std::move(kill.why)}; }
  static MonitorCommand translate(rcm::MonitorCommand command) { return {command.monitor, std::move(command.command)}; }

  /// Exactly one answer for each request.
  void give(Answer answer, Effects& effects) {
    const bool asked = open.erase(answer.request) == 1;
    assert(asked && "an answer that nobody asked for, or a second one");
    if (!asked) return;
    if (answer.tag == 0) answer.tag = gum.log().applied();
    effects.answers.push_back(std::move(answer));
  }

  // --- beginning
  // --------------------------------------------------------------------------------------------------------

  /// The leader is active and its View entry applied. The first tree is an update like any other.
  void activated(Time now) {
    const std::string nodeKey = schema::nodeKey(config.id);
    database::Batch batch;
    if (!tree.root().value(schema::kClusterInstanceId)) {
      batch.set("", std::string(schema::kClusterName), database::Value::sz(newClusterName));
      batch.set("", std::string(schema::kClusterInstanceId), database::Value::sz(newClusterId));
      for (const std::string_view top : {schema::kGroups, schema::kResources, schema::kResourceTypes, schema::kNodes})
        batch.createKey(std::string(top));
    }
    const database::Key* node = tree.find(nodeKey);
    if (!node || node->text("NodeName") != config.nodeName) {
      batch.createKey(nodeKey).set(nodeKey, "NodeName", database::Value::sz(config.nodeName));
    }
    if (batch.commands.empty()) {
      begin(now);
    } else {
      propose({Flight::Of::Node, 0, {}}, std::move(batch), {},
              {Cause::Kind::Start, "node", {}, "this node's entry in the database", 0}, now);
    }
  }

  void begin(Time now) {
    ready = true;
    rcm.onActive(now, rcmOut);
  }

  void quorumLost(Time now) {
    rcm.onQuorumLost(now, rcmOut);
    // CL-112: calls in flight are refused at the moment quorum is lost.
    for (const auto& [seq, id] : std::exchange(waiting, {})) reply(id, notNow(), 0);
  }

  // --- events
  // ------------------------------------------------------------------------------------------------------------

  void on(const Started& started, Time) {
    newClusterId = started.newClusterId;
    newClusterName = started.newClusterName;
    if (!started.stored.empty) {
      const auto loaded = tree.load(started.stored.tree, started.stored.applied.seq);
      assert(loaded && "the store holds a tree that was applied once");
      indexes.rebuild(tree);
      (void)loaded;
    }
    gum.start(started.stored, started.copyInstance, gumOut);
  }
  void on(const ViewChanged& changed, Time now) {
    if (!storeError) gum.onView(changed.view, now, gumOut);
  }
  void on(const MessageReceived& received, Time now) { gum.onMessage(received.message, now, gumOut); }
  void on(const StoreDone& done, Time now) { gum.onStoreDone(done.persist, now, gumOut); }
  void on(const StoreFailed& failed, Time now) {
    if (storeError) return;
    storeError = failed.error;
    ClusterEvent event;
    event.level = ClusterEvent::Level::Critical;
    event.id = 1080;  // CM §26: the database cannot be written
    event.step = "store-failed";
    event.text = "the cluster database cannot be written: " + failed.error.subject;
    event.cause = {Cause::Kind::Report, "store", {}, failed.error.subject, 0};
    events.add(std::move(event));
    const bool was = gum.active();
    gum.stop(gumOut, failed.error.subject);
    if (!was) quorumLost(now);
  }
  void on(const Request& request, Time now) {
    if (open.contains(request.id)) return;  // asked again while under way: the one answer is for both
    open.insert(request.id);
    const gum::Requests::Seen seen = gum.seen(request.id);
    switch (seen.fate) {
      case gum::Requests::Fate::Done:
        return repeat(request, seen.seq);
      case gum::Requests::Fate::InFlight:
        waiting.emplace(seen.seq, request.id);  // carried over from an earlier leader: known when it is committed
        return;
      case gum::Requests::Fate::Unknown:
        return reply(
            request.id,
            {kTimeout, "it is not known any more whether this request was done", "look at the state, then ask anew"},
            0);
      case gum::Requests::Fate::Never:
        break;
    }
    if (!ready || !gum.active() || storeError) return reply(request.id, notNow(), 0);
    if (const auto* write = std::get_if<WriteDatabase>(&request.operation)) {
      propose({Flight::Of::Client, 0, request.id}, database::rebased(write->batch, write->key), request.id,
              request.cause, now);
      return;
    }
    rcm.onRequest(request.id, request.operation, request.cause, now, rcmOut);
  }
  void on(const MonitorConnected& connected, Time now) {
    rcm.onMonitorConnected(connected.monitor, connected.hello, now, rcmOut);
  }
  void on(const MonitorReported& reported, Time now) {
    rcm.onMonitorReported(reported.monitor, reported.report, now, rcmOut);
  }
  void on(const MonitorExited& exited, Time now) { rcm.onMonitorExited(exited.monitor, exited.exit, now, rcmOut); }
  void on(const AdoptionOver&, Time now) { rcm.onAdoptionOver(now, rcmOut); }
  void on(const Tick&, Time now) {
    gum.onTick(now, gumOut);
    rcm.onTick(now, rcmOut);
  }
  void on(const StopRequested&, Time now) {
    stopping = true;
    rcm.onStopRequested(now, rcmOut);
  }

  /// GUM-22: the same request again, done before, is answered as it was.
  void repeat(const Request& request, std::uint64_t seq) {
    Answer answer;
    answer.request = request.id;
    answer.tag = seq;
    const Operation& asked = request.operation;
    if (const auto* group = std::get_if<CreateGroup>(&asked)) answer.id = group->id;
    if (const auto* resource = std::get_if<CreateResource>(&asked)) answer.id = resource->id;
    // CM §14: a change of state is accepted, and its end is watched for.
    if (std::holds_alternative<OnlineResource>(asked) || std::holds_alternative<OfflineResource>(asked) ||
        std::holds_alternative<OnlineGroup>(asked) || std::holds_alternative<OfflineGroup>(asked))
      answer.status.code = kIoPending;
    rcmOut.answers.push_back(std::move(answer));
  }

  void reply(const RequestId& id, Error status, std::uint64_t tag) {
    Answer answer;
    answer.request = id;
    answer.status = std::move(status);
    answer.tag = tag;
    rcmOut.answers.push_back(std::move(answer));
  }
};

Node::Node(NodeConfig config) : parts_(std::make_unique<Parts>(std::move(config))) {}
Node::~Node() = default;

void Node::step(const Event& event, Time now, Effects& effects) {
  parts_->events.setTime(now);
  std::visit([&](const auto& one) { parts_->on(one, now); }, event);
  parts_->settle(now, effects);
  for (auto& fresh : parts_->events.takeNew()) effects.events.push_back(std::move(fresh));
  // GUM-38, one node: it holds the lease while it is the active leader and can promise on its disk.
  effects.leaseHeld = parts_->gum.active() && !parts_->storeError;
}

Time Node::nextDeadline() const { return std::min(parts_->gum.nextDeadline(), parts_->rcm.nextDeadline()); }

const ClusterView& Node::view() const { return parts_->view; }

}  // namespace holdfast::core
