// Epochs, tags, entries, messages and what is persisted (GUM §1, §2), as plain values.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/operations.h"
#include "core/base/types.h"
#include "core/database/value.h"

namespace holdfast::gum {

/// (generation, round, node), compared in that order, packed 16 + 40 + 8 bits (GUM §1).
struct Epoch {
  std::uint16_t generation = 0;
  std::uint64_t round = 0;
  NodeId node = 0;
  auto operator<=>(const Epoch&) const = default;
  std::uint64_t packed() const { return (std::uint64_t{generation} << 48) | (round << 8) | node; }
  static Epoch unpack(std::uint64_t bits) {
    return {static_cast<std::uint16_t>(bits >> 48), (bits >> 8) & 0xFF'FFFF'FFFFu, static_cast<NodeId>(bits)};
  }
};

/// Tag of an *entry* (GUM-7).
struct Tag {
  Epoch epoch;
  std::uint64_t seq = 0;
  auto operator<=>(const Tag&) const = default;
};

struct MemberId {
  NodeId node = 0;
  std::uint64_t instance = 0;     ///< of the database copy: votes belong to it (GUM-10)
  std::uint64_t incarnation = 0;  ///< of the process: a restarted one is a new member
  auto operator<=>(const MemberId&) const = default;
};

struct View {
  std::uint64_t id = 0;
  std::vector<MemberId> members;
  bool operator==(const View&) const = default;
};

/// One update in the log.
struct Entry {
  enum class Kind : std::uint8_t { Update, View, Weights, Forced };
  Tag tag;
  Kind kind = Kind::Update;
  RequestId request;
  Cause cause;
  WallTime time{};                                          ///< stamped by the leader, monotonic within an epoch
  database::Batch batch;                                    ///< Update
  std::vector<MemberId> members;                            ///< View
  std::vector<std::pair<MemberId, std::uint32_t>> weights;  ///< Weights, Forced
  bool operator==(const Entry&) const = default;
};

/// A volatile update: same order, never persisted (CM §26). Applied to the volatile tree.
struct VolatileUpdate {
  Cause cause;
  database::Batch batch;
  bool operator==(const VolatileUpdate&) const = default;
};

// --- messages (GUM §2) ----------------------------------------------------------------------------------------------

struct Hello {
  Epoch promised;
  Tag last;
  std::uint64_t committed = 0;
};
struct Establish {
  Epoch epoch;
  Tag last;
  std::vector<MemberId> members;
};
struct Promise {
  Epoch epoch;
  Tag last;
  std::uint64_t committed = 0;
};
struct Refuse {
  Epoch promised;
  Tag last;
};
struct Append {
  Epoch epoch;
  Tag previous;
  std::vector<Entry> entries;
  std::uint64_t committed = 0;
};
struct Ack {
  Epoch epoch;
  std::uint64_t seq = 0;        ///< on disk
  std::uint64_t committed = 0;  ///< durably committed
  std::uint64_t applied = 0;
};
/// "I have no entry `previous`": where the log last matched (GUM-16).
struct Behind {
  Epoch epoch;
  std::uint64_t lastMatch = 0;
};
struct Commit {
  Epoch epoch;
  std::uint64_t seq = 0;
};
struct Volatile {
  Epoch epoch;
  VolatileUpdate update;
};

struct Message {
  MemberId sender;
  std::uint64_t view = 0;
  NodeId to = 0;  ///< a filter; 0 = all
  std::variant<Hello, Establish, Promise, Refuse, Append, Ack, Behind, Commit, Volatile> body;
};

// --- the store -------------------------------------------------------------------------------------------------------

/// What the store is asked to make durable: one transaction each, in order (GUM §1, GUM-3).
struct Persist {
  std::uint64_t number = 0;               ///< StoreDone names it
  std::optional<std::uint64_t> instance;  ///< set once, when the copy is made
  std::optional<Epoch> promised;
  std::optional<Tag> cutAfter;  ///< drop log entries after this tag
  std::vector<Entry> append;
  std::optional<std::uint64_t> committed;
  std::vector<Entry> apply;  ///< entries whose batches go into the stored tree now; `applied` := tag of the last
};

/// What the store holds at start.
struct StoredState {
  bool empty = true;
  std::uint64_t instance = 0;
  Epoch promised;
  std::uint64_t committed = 0;
  Tag applied;
  std::vector<Entry> log;  ///< after `applied`, and some before it
  database::Batch tree;    ///< the tree at `applied`, as CreateKey and SetValue commands
};

}  // namespace holdfast::gum
