#include "core/gum/log.h"

#include <cassert>

namespace holdfast::gum {
namespace {
bool hasWeights(const Entry& entry) { return entry.kind == Entry::Kind::Weights || entry.kind == Entry::Kind::Forced; }
}  // namespace

void Log::load(std::vector<Entry> entries, Tag applied, std::uint64_t committed, Weights atApplied) {
  entries_.clear();
  pendingWeights_.clear();
  appliedTag_ = applied;
  appliedSeq_ = applied.seq;
  committed_ = applied.seq;
  inForce_ = std::move(atApplied);
  for (Entry& entry : entries) {
    if (hasWeights(entry) && entry.tag.seq > applied.seq) pendingWeights_.push_back({entry.tag.seq, entry.weights});
    entries_.push_back(std::move(entry));
  }
  commit(std::max(committed, applied.seq));
}

Tag Log::last() const { return entries_.empty() ? appliedTag_ : entries_.back().tag; }

const Entry* Log::at(std::uint64_t seq) const {
  if (entries_.empty() || seq < entries_.front().tag.seq || seq > entries_.back().tag.seq) return nullptr;
  return &entries_[static_cast<std::size_t>(seq - entries_.front().tag.seq)];
}

bool Log::has(const Tag& tag) const {
  if (tag == appliedTag_) return true;
  const Entry* entry = at(tag.seq);
  return entry && entry->tag == tag;
}

void Log::append(Entry entry) {
  assert(entry.tag.seq == last().seq + 1);
  if (hasWeights(entry)) pendingWeights_.push_back({entry.tag.seq, entry.weights});
  entries_.push_back(std::move(entry));
}

void Log::cutAfter(std::uint64_t seq) {
  assert(seq >= committed_);
  while (!entries_.empty() && entries_.back().tag.seq > seq) entries_.pop_back();
  std::erase_if(pendingWeights_, [&](const PendingWeights& pending) { return pending.seq > seq; });
}

void Log::commit(std::uint64_t seq) {
  assert(seq <= last().seq);
  committed_ = std::max(committed_, seq);
  while (!pendingWeights_.empty() && pendingWeights_.front().seq <= committed_) {
    inForce_ = std::move(pendingWeights_.front().weights);
    pendingWeights_.erase(pendingWeights_.begin());
  }
}

const Entry* Log::nextToApply() const { return appliedSeq_ < committed_ ? at(appliedSeq_ + 1) : nullptr; }

void Log::markApplied(std::uint64_t seq) {
  assert(seq == appliedSeq_ + 1 && seq <= committed_);
  appliedSeq_ = seq;
  appliedTag_ = at(seq)->tag;
  trim();
}

void Log::trim() {
  while (entries_.size() > kAppliedEntriesKept && entries_.front().tag.seq + kAppliedEntriesKept < appliedSeq_)
    entries_.pop_front();
}

}  // namespace holdfast::gum
