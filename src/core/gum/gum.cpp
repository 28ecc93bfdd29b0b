// Starting, views, choosing a leader (GUM §3).
#include "core/gum/gum.h"

#include <algorithm>
#include <cassert>

#include "core/database/schema.h"

namespace holdfast::gum {
namespace {

constexpr std::string_view kQuorumKey = "Quorum";

/// The tree holds the weights in force where it stands, so that the log need not reach back to the entry that set them.
Weights weightsOf(const database::Tree& tree) {
  Weights weights;
  const database::Key* key = tree.find(kQuorumKey);
  if (!key) return weights;
  for (const auto& [name, copy] : key->keys()) {
    const auto* instance = copy->value("Instance");
    const auto* number = instance ? std::get_if<std::uint64_t>(&instance->data) : nullptr;
    const auto node = copy->dword("Node"), weight = copy->dword("Weight");
    if (number && node && weight) weights.push_back({MemberId{static_cast<NodeId>(*node), *number, 0}, *weight});
  }
  return weights;
}

database::Batch weightsBatch(const Weights& weights) {
  database::Batch batch;
  batch.createKey(std::string(kQuorumKey)).deleteKey(std::string(kQuorumKey)).createKey(std::string(kQuorumKey));
  for (const auto& [member, weight] : weights) {
    const std::string key =
        database::schema::join(kQuorumKey, std::to_string(member.node) + "-" + std::to_string(member.instance));
    batch.createKey(key)
        .set(key, "Node", database::Value::dword(member.node))
        .set(key, "Instance", database::Value::qword(member.instance))
        .set(key, "Weight", database::Value::dword(weight));
  }
  return batch;
}

}  // namespace

Gum::Gum(Config config, const database::Tree& tree) : config_(config), tree_(tree), requests_(tree) {}

void Gum::send(Output& output, decltype(Message::body) body, NodeId to) const {
  output.send.push_back({self(), view_.id, to, std::move(body)});
}

Persist& Gum::persist(Output& output, AfterStore after) {
  Persist persist;
  persist.number = nextPersist_++;
  after.persist = persist.number;
  afterStore_.push_back(after);
  persist.apply = std::move(unstored_);
  unstored_.clear();
  output.persist.push_back(std::move(persist));
  return output.persist.back();
}

void Gum::start(const StoredState& stored, std::uint64_t newInstance, Output& output) {
  if (stored.empty) {
    // GUM-27: forming a cluster is a forced start of generation 1: whoever holds a Forced entry knows that it is
    // committed.
    instance_ = newInstance;
    promised_ = {1, 1, config_.node};
    Entry forced;
    forced.tag = {promised_, 1};
    forced.kind = Entry::Kind::Forced;
    forced.weights = {{MemberId{config_.node, instance_, 0}, 1}};
    forced.batch = weightsBatch(forced.weights);
    forced.cause = {Cause::Kind::Start, "gum", {}, "a new cluster is formed", 0};
    log_.load({}, Tag{promised_, 0}, 0, {});
    log_.append(forced);
    pending_.add(forced.tag.seq, forced.batch);
    Persist& first = persist(output, {});
    first.instance = instance_;
    first.promised = promised_;
    first.append = {forced};
    first.committed = forced.tag.seq;
    commitUpTo(forced.tag.seq, output);
    return;
  }
  instance_ = stored.instance;
  promised_ = stored.promised;
  log_.load(stored.log, stored.applied, stored.applied.seq, weightsOf(tree_));
  for (const Entry& entry : log_.entries()) lastTime_ = std::max(lastTime_, entry.time);
  requests_.load();
  for (const Entry& entry : log_.entries()) {
    if (entry.tag.seq <= log_.applied()) continue;
    pending_.add(entry.tag.seq, entry.batch);
    requests_.onAppended(entry);
  }
  commitUpTo(std::min(stored.committed, log_.last().seq), output);
}

void Gum::onView(const View& view, Time now, Output& output) {
  endRole(output);
  view_ = view;
  hellos_.clear();
  tries_ = 0;
  candidacy_ = kNever;
  helloDeadline_ = now + kHelloTimeout;
  send(output, Hello{promised_, log_.last(), log_.committed()});
}

void Gum::onMessage(const Message& message, Time now, Output& output) {
  // GUM-1, GUM-2: a message of another view is dropped, for quiet only; one of nobody in this view too.
  if (message.view != view_.id) return;
  if (message.to != 0 && message.to != config_.node) return;
  if (std::find(view_.members.begin(), view_.members.end(), message.sender) == view_.members.end()) return;
  std::visit([&](const auto& body) { on(message.sender, body, now, output); }, message.body);
}

void Gum::on(const MemberId& from, const Hello& hello, Time now, Output& output) {
  hellos_[from] = hello;
  if (hellos_.size() == view_.members.size() && role_ == Role::None && candidacy_ == kNever)
    chooseCandidate(now, output);
}

void Gum::chooseCandidate(Time now, Output& output) {
  helloDeadline_ = kNever;
  if (hellos_.empty()) return;
  // GUM-4: highest generation, then highest last, then the previous leader, then the lowest node id. Who tries is a
  // hint; who wins is GUM-6 to 9.
  std::vector<std::pair<MemberId, Hello>> order(hellos_.begin(), hellos_.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    const auto rank = [](const Hello& hello) { return std::pair(hello.promised.generation, hello.last); };
    if (rank(a.second) != rank(b.second)) return rank(a.second) > rank(b.second);
    const NodeId previous = a.second.last.epoch.node;
    if (a.first.node == previous || b.first.node == previous)
      return a.first.node == previous && b.first.node != previous;
    return a.first.node < b.first.node;
  });
  const auto mine = std::find_if(order.begin(), order.end(), [&](const auto& entry) { return entry.first == self(); });
  if (mine == order.end()) return;
  const auto place = mine - order.begin();
  if (place == 0 && tries_ == 0) {
    becomeCandidate(output);
  } else {
    candidacy_ = now + kHelloTimeout * (std::int64_t{1} << std::min<std::int64_t>(place + tries_, 6));
  }
}

void Gum::becomeCandidate(Output& output) {
  // GUM-8: a node that heard of a forced start and lacks its database never leads.
  if (log_.last().epoch.generation < promised_.generation) return;
  std::uint64_t round = promised_.round;
  for (const auto& [member, hello] : hellos_) round = std::max(round, hello.promised.round);
  // GUM-5: a round above every known one, with the own node id: no two nodes ever make the same epoch.
  epoch_ = {promised_.generation, round + 1, config_.node};
  promised_ = epoch_;
  role_ = Role::Candidate;
  viewCommitted_ = false;
  promises_.clear();
  acks_.clear();
  candidacy_ = kNever;
  AfterStore after;
  after.establish = epoch_;
  persist(output, after).promised = epoch_;
}

void Gum::on(const MemberId& from, const Establish& establish, Time now, Output& output) {
  if (from == self()) {
    // Its own promise is on disk before it asks; it counts when it comes round like everybody's.
    if (role_ == Role::Candidate && establish.epoch == epoch_)
      send(output, Promise{epoch_, log_.last(), log_.committed()}, config_.node);
    return;
  }
  // GUM-6: what a quorum stored must be in the winner's log.
  if (establish.epoch <= promised_ || establish.last < log_.last()) {
    send(output, Refuse{promised_, log_.last()}, from.node);
    return;
  }
  endRole(output);
  promised_ = establish.epoch;
  candidacy_ = now + 4 * kHelloTimeout;  // if nothing comes of it
  AfterStore after;
  after.promise = std::pair(establish.epoch, from.node);
  persist(output, after).promised = promised_;
}

void Gum::on(const MemberId& from, const Promise& promise, Time, Output& output) {
  if (role_ == Role::None || promise.epoch != epoch_) return;
  promises_.insert(copyOf(from));
  // GUM-13: knowledge of a commit is a fact; it only shortens the list that is weighed.
  if (log_.at(promise.committed)) commitUpTo(std::min(promise.committed, log_.last().seq), output);
  tryActivate(output);
}

void Gum::on(const MemberId&, const Refuse& refuse, Time now, Output& output) {
  if (role_ != Role::Candidate || refuse.promised < epoch_) return;
  endRole(output);
  promised_ = std::max(promised_, Epoch{promised_.generation, refuse.promised.round, config_.node});
  ++tries_;
  candidacy_ = now + kHelloTimeout * (std::int64_t{1} << std::min(tries_, 6u));
}

void Gum::tryActivate(Output& output) {
  // GUM-9, GUM-12: quorum of promises, weighed up to the end of the log.
  if (role_ != Role::Candidate || !log_.jointQuorum(log_.last().seq, promises_)) return;
  role_ = Role::Leader;
  Entry view;
  view.kind = Entry::Kind::View;
  view.members = view_.members;
  view.cause = {Cause::Kind::Membership, "gum", {}, "a leader was established", 0};
  view.time = lastTime_;
  viewSeq_ = log_.last().seq + 1;
  appendAsLeader(std::move(view), 0, output);
}

void Gum::endRole(Output& output, std::string_view why) {
  if (active()) output.lost = true;
  role_ = Role::None;
  viewCommitted_ = false;
  promises_.clear();
  acks_.clear();
  // What was proposed here and is not committed may be committed by the next leader, or not. CL-112 wants 5925 for
  // calls in flight; the words say that the end is not known.
  Error unknown{5925, "quorum was lost before the update was known to be committed",
                "look whether it was done when quorum is back, then try again"};
  if (!why.empty()) unknown.subject.append(", because ").append(why);
  for (const auto& [seq, token] : tokens_) output.refused.push_back({token, unknown, 0});
  tokens_.clear();
  for (const auto& held : refusals_) output.refused.push_back({held.refused.token, unknown, 0});
  refusals_.clear();
}

void Gum::checkpoint(Output& output) {
  if (!unstored_.empty()) persist(output, {}).committed = log_.committed();
}

void Gum::stop(Output& output, std::string_view why) {
  endRole(output, why);
  view_ = {};
  helloDeadline_ = candidacy_ = kNever;
}

void Gum::onStoreDone(std::uint64_t persisted, Time, Output& output) {
  // The store works in order: everything up to this one is on disk.
  while (!afterStore_.empty() && afterStore_.front().persist <= persisted) {
    const AfterStore after = afterStore_.front();
    afterStore_.erase(afterStore_.begin());
    if (after.establish && role_ == Role::Candidate && *after.establish == epoch_) {
      send(output, Establish{epoch_, log_.last(), view_.members});
    }
    if (after.promise && after.promise->first == promised_) {
      send(output, Promise{after.promise->first, log_.last(), log_.committed()}, after.promise->second);
    }
    if (after.appended && after.appended->first == promised_) {
      send(output, Ack{after.appended->first, after.appended->second, log_.committed(), log_.applied()},
           after.appended->first.node);
    }
  }
}

void Gum::onTick(Time now, Output& output) {
  if (now >= helloDeadline_) {
    helloDeadline_ = kNever;
    if (role_ == Role::None) chooseCandidate(now, output);
  }
  if (now >= candidacy_) {
    candidacy_ = kNever;
    if (role_ == Role::None) becomeCandidate(output);
  }
}

Time Gum::nextDeadline() const { return std::min(helloDeadline_, candidacy_); }

}  // namespace holdfast::gum
