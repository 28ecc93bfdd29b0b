#include "core/gum/pending.h"

#include <deque>

#include "core/database/schema.h"

namespace holdfast::gum {

/// An object is a key of the second level with all below it; the values of the root are one too. False: the batch
/// names a top key itself, and with it everything.
bool PendingUpdates::touches(const database::Batch& batch, Objects& objects) {
  for (const auto& command : batch.commands) {
    const auto names = database::splitPath(command.key);
    if (names.size() == 1) return false;
    objects.insert(names.empty() ? std::string() : database::schema::join(names[0], names[1]));
  }
  return true;
}

void PendingUpdates::add(std::uint64_t seq, const database::Batch& batch) {
  Objects objects;
  if (!touches(batch, objects)) wide_.insert(seq);
  for (const auto& object : objects) byObject_[object].insert(seq);
  updates_.emplace(seq, std::move(objects));
}

void PendingUpdates::forget(std::uint64_t seq) {
  const auto found = updates_.find(seq);
  if (found == updates_.end()) return;
  for (const auto& object : found->second) {
    const auto touching = byObject_.find(object);
    touching->second.erase(seq);
    if (touching->second.empty()) byObject_.erase(touching);
  }
  wide_.erase(seq);
  updates_.erase(found);
}

std::vector<std::uint64_t> PendingUpdates::before(const database::Batch& batch) const {
  std::vector<std::uint64_t> result;
  if (updates_.empty()) return result;
  Objects objects;
  if (!touches(batch, objects) || !wide_.empty()) {
    for (const auto& [seq, touched] : updates_) result.push_back(seq);
    return result;
  }
  std::deque<std::string> open(objects.begin(), objects.end());
  std::set<std::uint64_t> found;
  while (!open.empty()) {
    const auto touching = byObject_.find(open.front());
    open.pop_front();
    if (touching == byObject_.end()) continue;
    for (const std::uint64_t seq : touching->second) {
      if (!found.insert(seq).second) continue;
      for (const auto& object : updates_.at(seq)) {
        if (objects.insert(object).second) open.push_back(object);
      }
    }
  }
  result.assign(found.begin(), found.end());
  return result;
}

}  // namespace holdfast::gum
