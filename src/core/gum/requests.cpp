#include "core/gum/requests.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "core/database/schema.h"

namespace holdfast::gum {
namespace {

constexpr std::string_view kRequestsKey = "Requests";
constexpr std::size_t kDigits = 16;

/// Fixed width, so that the names of one client stand together in order of their numbers.
std::string hex(std::uint64_t number) {
  static constexpr char kHexDigits[] = "0123456789abcdef";
  std::string text(kDigits, '0');
  for (std::size_t i = kDigits; i-- > 0; number >>= 4) text[i] = kHexDigits[number & 15];
  return text;
}

std::string nameOf(const RequestId& request) { return hex(request.client) + "-" + hex(request.number); }

std::optional<RequestId> requestOf(std::string_view name) {
  RequestId request;
  if (name.size() != 2 * kDigits + 1) return std::nullopt;
  const char* begin = name.data();
  const char* end = begin + name.size();
  if (std::from_chars(begin, begin + kDigits, request.client, 16).ptr != begin + kDigits) return std::nullopt;
  if (std::from_chars(begin + kDigits + 1, end, request.number, 16).ptr != end) return std::nullopt;
  return request;
}

std::optional<std::uint64_t> seqOf(const database::Value& value) {
  const auto* number = std::get_if<std::uint64_t>(&value.data);
  return number ? std::optional(*number) : std::nullopt;
}

}  // namespace

void Requests::load() {
  kept_.clear();
  inFlight_.clear();
  const database::Key* key = tree_.find(kRequestsKey);
  if (!key) return;
  for (const auto& [name, value] : key->values()) {
    const auto request = requestOf(name);
    const auto seq = seqOf(value);
    if (request && seq) kept_.push_back({*seq, *request});
  }
  std::sort(kept_.begin(), kept_.end());
}

void Requests::remember(Entry& entry) const {
  if (entry.request.client == 0) return;
  const std::string key(kRequestsKey);
  // Only commands that can never be refused: the batch was judged without them.
  entry.batch.createKey(key).set(key, nameOf(entry.request), database::Value::qword(entry.tag.seq));
  for (std::size_t i = 0; i < std::min(kept_.size(), kDroppedAtOnce); ++i) {
    if (kept_[i].seq + kRequestsKept_entries >= entry.tag.seq) break;
    entry.batch.remove(key, nameOf(kept_[i].request));
  }
}

void Requests::onAppended(const Entry& entry) {
  if (entry.request.client != 0) inFlight_[entry.request] = entry.tag.seq;
}

void Requests::onApplied(const Entry& entry) {
  if (entry.request.client == 0) return;
  inFlight_.erase(entry.request);
  // Exactly what the entry dropped: several that were on their way together may have named the same.
  for (const auto& command : entry.batch.commands) {
    if (command.kind != database::Command::Kind::DeleteValue || kept_.empty()) continue;
    if (database::sameName(command.key, kRequestsKey) && command.name == nameOf(kept_.front().request))
      kept_.pop_front();
  }
  kept_.push_back({entry.tag.seq, entry.request});
}

void Requests::onCut(std::uint64_t seq) {
  std::erase_if(inFlight_, [&](const auto& flying) { return flying.second > seq; });
}

Requests::Seen Requests::seen(const RequestId& request) const {
  const auto flying = inFlight_.find(request);
  if (flying != inFlight_.end()) return {Fate::InFlight, flying->second};
  const database::Key* key = tree_.find(kRequestsKey);
  if (!key) return {};
  const std::string name = nameOf(request);
  if (const database::Value* value = key->value(name)) return {Fate::Done, seqOf(*value).value_or(0)};
  // Older than everything that is remembered of this client: it may have been done and dropped.
  const auto oldest = key->values().lower_bound(hex(request.client));
  const auto first = oldest == key->values().end() ? std::nullopt : requestOf(oldest->first);
  const bool older = first && first->client == request.client && request.number < first->number;
  return {older ? Fate::Unknown : Fate::Never, 0};
}

}  // namespace holdfast::gum
