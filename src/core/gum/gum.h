// The Global Update Manager of one node: views and messages in, entries that are committed out, in one order.
//
// Follows the protocol's rules by number (GUM-1 …). What one member needs is whole here; what only several members need
// and is not here yet: catch-up by snapshot, expulsion of silent members, weights changes, the witness, leases by Grant
// and Echo (one member's lease is its being active, GUM-38).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/types.h"
#include "core/database/tree.h"
#include "core/gum/log.h"
#include "core/gum/messages.h"
#include "core/gum/pending.h"
#include "core/gum/requests.h"

namespace holdfast::gum {

/// How long a new view waits for everybody's Hello (GUM-4).
inline constexpr Duration kHelloTimeout = std::chrono::milliseconds(500);
/// Entries that go out in one Append and one Persist at most.
inline constexpr std::size_t kEntriesTogether = 64;
/// Committed entries that may wait for the next durable write before they are put into the stored tree on their own.
inline constexpr std::size_t kUnstoredApplied = 256;

struct Config {
  NodeId node = 1;
  std::uint64_t incarnation = 0;
};

/// What one call wants done. Several calls of one step may fill the same one: their entries then travel together.
/// `committed` and `ended` belong together: a proposal's end comes after its entry.
struct Output {
  std::vector<Persist> persist;
  std::vector<Message> send;
  struct Committed {
    Entry entry;
    std::uint64_t token = 0;  ///< of the proposal that it came from on this node, 0 = of none
  };
  std::vector<Committed> committed;  ///< apply in this order, now
  std::vector<VolatileUpdate> volatileUpdates;
  struct Refused {
    std::uint64_t token = 0;
    Error error;
    std::size_t command = 0;
  };
  std::vector<Refused> refused;
  bool activated = false;  ///< this node became the active leader, its View entry is among `committed`
  bool lost = false;       ///< it no longer is
};

class Gum {
 public:
  /// `tree`: the applied tree, for judging requests; changed by the owner between calls only, by what `committed` says.
  Gum(Config config, const database::Tree& tree);

  /// First: what the store held. For an empty store, forms a new cluster (GUM-27): `newInstance` is the id of this
  /// copy. `tree` holds stored.tree already. Entries known to be committed come out at once.
  void start(const StoredState& stored, std::uint64_t newInstance, Output& output);

  void onView(const View& view, Time now, Output& output);
  void onMessage(const Message& message, Time now, Output& output);
  void onStoreDone(std::uint64_t persist, Time now, Output& output);
  void onTick(Time now, Output& output);
  Time nextDeadline() const;

  /// Asks for an update (GUM-15). Requires: active(). The end comes as a Committed or Refused with this token.
  void propose(std::uint64_t token, database::Batch batch, const RequestId& request, const Cause& cause, WallTime time,
               Output& output);
  /// A volatile update: goes the same way, is not persisted.
  void proposeVolatile(VolatileUpdate update, Output& output);
  /// Makes durable what is committed, so that the next start repeats nothing: for a clean stop.
  void checkpoint(Output& output);
  /// The store failed for good: the role ends, nothing is promised any more.
  void stop(Output& output, std::string_view why = {});

  bool active() const { return role_ == Role::Leader && viewCommitted_; }
  std::uint64_t committed() const { return log_.committed(); }
  const Log& log() const { return log_; }
  Epoch promised() const { return promised_; }
  const View& view() const { return view_; }

  /// What became of an earlier request with this id (GUM-22).
  Requests::Seen seen(const RequestId& request) const { return requests_.seen(request); }

 private:
  enum class Role { None, Candidate, Leader };
  /// What follows when a Persist is on disk (GUM-3: answers leave after it).
  struct AfterStore {
    std::uint64_t persist = 0;
    std::optional<Epoch> establish;  ///< send Establish
    std::optional<std::pair<Epoch, NodeId>> promise;
    std::optional<std::pair<Epoch, std::uint64_t>> appended;  ///< entries up to seq are on disk in this epoch
  };

  MemberId self() const { return {config_.node, instance_, config_.incarnation}; }
  Copy copyOf(const MemberId& member) const { return {member.node, member.instance}; }
  void send(Output& output, decltype(Message::body) body, NodeId to = 0) const;
  Persist& persist(Output& output, AfterStore after);

  void on(const MemberId& from, const Hello& hello, Time now, Output& output);
  void on(const MemberId& from, const Establish& establish, Time now, Output& output);
  void on(const MemberId& from, const Promise& promise, Time now, Output& output);
  void on(const MemberId& from, const Refuse& refuse, Time now, Output& output);
  void on(const MemberId& from, const Append& append, Time now, Output& output);
  void on(const MemberId& from, const Ack& ack, Time now, Output& output);
  void on(const MemberId& from, const Behind& behind, Time now, Output& output);
  void on(const MemberId& from, const Commit& commit, Time now, Output& output);
  void on(const MemberId& from, const Volatile& update, Time now, Output& output);

  void chooseCandidate(Time now, Output& output);
  void becomeCandidate(Output& output);
  void tryActivate(Output& output);
  void endRole(Output& output, std::string_view why = {});
  void appendAsLeader(Entry entry, std::uint64_t token, Output& output);
  void tryCommit(Output& output);
  void commitUpTo(std::uint64_t seq, Output& output);
  void releaseRefusals(Output& output);
  bool joinLastAppend(const Entry& entry, Output& output);

  Config config_;
  const database::Tree& tree_;

  // Durable (GUM §1), as far as it was given to the store.
  std::uint64_t instance_ = 0;
  Epoch promised_;
  Log log_;

  // Volatile.
  View view_;
  Role role_ = Role::None;
  bool viewCommitted_ = false;
  std::map<MemberId, Hello> hellos_;
  Time helloDeadline_ = kNever;
  Time candidacy_ = kNever;
  unsigned tries_ = 0;
  Epoch epoch_;  ///< of the role
  std::uint64_t viewSeq_ = 0;
  std::set<Copy> promises_;
  std::map<Copy, std::uint64_t> acks_;
  std::map<std::uint64_t, std::uint64_t> tokens_;  ///< seq → token of the proposal
  PendingUpdates pending_;
  Requests requests_;
  struct HeldRefusal {
    std::uint64_t afterSeq = 0;
    Output::Refused refused;
  };
  std::vector<HeldRefusal> refusals_;
  WallTime lastTime_{};

  std::uint64_t nextPersist_ = 1;
  std::vector<AfterStore> afterStore_;
  std::vector<Entry> unstored_;  ///< committed and applied, not yet in the stored tree
};

}  // namespace holdfast::gum
