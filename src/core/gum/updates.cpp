// Updates: proposed, appended, acked, committed (GUM §5), and requests that come again (GUM-22).
#include <algorithm>
#include <cassert>

#include "core/gum/gum.h"

namespace holdfast::gum {
void Gum::propose(std::uint64_t token, database::Batch batch, const RequestId& request, const Cause& cause,
                  WallTime time, Output& output) {
  assert(active());
  // GUM-15: judged against the tree and what is on its way into it.
  const std::vector<std::uint64_t> seen = pending_.before(batch);
  std::vector<const database::Batch*> pending;
  for (const std::uint64_t seq : seen) pending.push_back(&log_.at(seq)->batch);
  if (const auto judged = tree_.checkAfter(pending, batch); !judged) {
    Output::Refused refused{token, judged.error().error, judged.error().command};
    if (seen.empty()) {
      output.refused.push_back(std::move(refused));
    } else {
      // GUM-23: a refusal because of an entry that is later lost would be a lie.
      refusals_.push_back({seen.back(), std::move(refused)});
    }
    return;
  }
  Entry entry;
  entry.kind = Entry::Kind::Update;
  entry.request = request;
  entry.cause = cause;
  entry.batch = std::move(batch);
  // Stamped by the leader, monotonic within its epoch (CM §26).
  lastTime_ = std::max(lastTime_ + std::chrono::nanoseconds(1), time);
  entry.time = lastTime_;
  appendAsLeader(std::move(entry), token, output);
}

void Gum::appendAsLeader(Entry entry, std::uint64_t token, Output& output) {
  const Tag previous = log_.last();
  entry.tag = {epoch_, previous.seq + 1};
  // Bookkeeping touches no object, so it is judged neither now nor in what is pending.
  pending_.add(entry.tag.seq, entry.batch);
  requests_.remember(entry);
  requests_.onAppended(entry);
  if (token != 0) tokens_[entry.tag.seq] = token;
  log_.append(entry);
  if (joinLastAppend(entry, output)) return;
  AfterStore after;
  after.appended = std::pair(epoch_, entry.tag.seq);
  persist(output, after).append = {entry};
  send(output, Append{epoch_, previous, {std::move(entry)}, log_.committed()});
}

/// Entries of one step go to disk in one write and to the members in one message.
bool Gum::joinLastAppend(const Entry& entry, Output& output) {
  if (output.persist.empty() || output.send.empty() || afterStore_.empty()) return false;
  Persist& stored = output.persist.back();
  AfterStore& after = afterStore_.back();
  auto* append = std::get_if<Append>(&output.send.back().body);
  if (!append || append->epoch != epoch_ || append->entries.size() >= kEntriesTogether) return false;
  if (after.persist != stored.number || after.appended != std::pair(epoch_, entry.tag.seq - 1)) return false;
  if (append->entries.back().tag.seq + 1 != entry.tag.seq) return false;
  append->entries.push_back(entry);
  stored.append.push_back(entry);
  after.appended->second = entry.tag.seq;
  return true;
}

void Gum::on(const MemberId& from, const Append& append, Time, Output& output) {
  if (from == self()) return;  // the leader's own copy went to its store when it was sent
  // GUM-16: only from an epoch that nothing newer was promised over.
  if (append.epoch < promised_) return;
  if (append.epoch > promised_) {
    endRole(output);
    promised_ = append.epoch;
  }
  candidacy_ = kNever;
  if (!log_.has(append.previous)) {
    send(output, Behind{append.epoch, log_.committed()}, from.node);
    return;
  }
  // The log is cut only at the first entry that differs: a late short Append must not cut what was acked.
  std::optional<Tag> cut;
  std::vector<Entry> fresh;
  Tag previous = append.previous;
  for (const Entry& entry : append.entries) {
    const Entry* mine = log_.at(entry.tag.seq);
    if (!mine || mine->tag != entry.tag) {
      if (mine) {
        assert(entry.tag.seq > log_.committed() && "a committed entry differs: this copy is not of this cluster");
        for (std::uint64_t seq = entry.tag.seq; seq <= log_.last().seq; ++seq) pending_.forget(seq);
        requests_.onCut(entry.tag.seq - 1);
        log_.cutAfter(entry.tag.seq - 1);
        cut = previous;
      }
      log_.append(entry);
      pending_.add(entry.tag.seq, entry.batch);
      requests_.onAppended(entry);
      fresh.push_back(entry);
    }
    previous = entry.tag;
  }
  AfterStore after;
  after.appended =
      std::pair(append.epoch, append.entries.empty() ? append.previous.seq : append.entries.back().tag.seq);
  Persist& stored = persist(output, after);
  stored.promised = promised_;
  stored.cutAfter = cut;
  stored.append = std::move(fresh);
  commitUpTo(std::min(append.committed, log_.last().seq), output);
}

void Gum::on(const MemberId& from, const Ack& ack, Time, Output& output) {
  if (role_ != Role::Leader || ack.epoch != epoch_) return;
  auto& acked = acks_[copyOf(from)];
  acked = std::max(acked, ack.seq);
  tryCommit(output);
}

void Gum::on(const MemberId& from, const Behind& behind, Time, Output& output) {
  if (role_ != Role::Leader || behind.epoch != epoch_) return;
  // GUM-21: from the log where it reaches back; a snapshot is for several nodes, later.
  const Entry* match = log_.at(behind.lastMatch);
  if (!match) return;
  Append append{epoch_, match->tag, {}, log_.committed()};
  for (std::uint64_t seq = behind.lastMatch + 1; seq <= log_.last().seq; ++seq) append.entries.push_back(*log_.at(seq));
  send(output, std::move(append), from.node);
}

void Gum::tryCommit(Output& output) {
  // GUM-17: the newest entry that acks of a quorum reach; of this epoch only, what lies before it is committed with it.
  std::vector<std::uint64_t> reached;
  for (const auto& [copy, seq] : acks_) reached.push_back(seq);
  std::sort(reached.rbegin(), reached.rend());
  for (const std::uint64_t seq : reached) {
    const Entry* entry = log_.at(seq);
    if (seq <= log_.committed() || !entry || entry->tag.epoch != epoch_) continue;
    std::set<Copy> voters;
    for (const auto& [copy, acked] : acks_) {
      if (acked >= seq) voters.insert(copy);
    }
    // GUM-18, mode 0: every member as well as a quorum.
    const bool everybody = std::all_of(view_.members.begin(), view_.members.end(),
                                       [&](const MemberId& member) { return voters.contains(copyOf(member)); });
    if (!everybody || !log_.jointQuorum(seq, voters)) continue;
    commitUpTo(seq, output);
    send(output, Commit{epoch_, seq});
    if (!viewCommitted_ && seq >= viewSeq_) {
      viewCommitted_ = true;
      output.activated = true;
    }
    return;
  }
}

void Gum::on(const MemberId& from, const Commit& commit, Time, Output& output) {
  if (from == self() || commit.epoch != promised_) return;
  commitUpTo(std::min(commit.seq, log_.last().seq), output);
}

void Gum::commitUpTo(std::uint64_t seq, Output& output) {
  if (seq > log_.committed()) log_.commit(seq);
  bool special = false;
  while (const Entry* entry = log_.nextToApply()) {
    std::uint64_t token = 0;
    if (const auto proposed = tokens_.find(entry->tag.seq); proposed != tokens_.end()) {
      token = proposed->second;
      tokens_.erase(proposed);
    }
    pending_.forget(entry->tag.seq);
    requests_.onApplied(*entry);
    special |= entry->kind != Entry::Kind::Update;
    unstored_.push_back(*entry);
    output.committed.push_back({*entry, token});
    log_.markApplied(entry->tag.seq);
  }
  // GUM-20: a committed Weights, View or Forced entry is made durable as committed at once.
  if (special || unstored_.size() >= kUnstoredApplied) {
    persist(output, {}).committed = log_.committed();
  } else if (!output.persist.empty()) {
    output.persist.back().committed = log_.committed();
  }
  releaseRefusals(output);
}

void Gum::releaseRefusals(Output& output) {
  std::erase_if(refusals_, [&](HeldRefusal& held) {
    if (held.afterSeq > log_.committed()) return false;
    output.refused.push_back(std::move(held.refused));
    return true;
  });
}

void Gum::proposeVolatile(VolatileUpdate update, Output& output) {
  // Same order as everything else: through the engine and back, but through no disk.
  send(output, Volatile{epoch_, std::move(update)});
}

void Gum::on(const MemberId&, const Volatile& update, Time, Output& output) {
  if (update.epoch != promised_) return;
  output.volatileUpdates.push_back(update.update);
}

}  // namespace holdfast::gum
