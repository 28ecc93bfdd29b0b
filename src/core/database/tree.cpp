#include "core/database/tree.h"

#include <algorithm>
#include <cassert>
#include <functional>

#include "core/database/limits.h"
#include "core/database/schema.h"

namespace holdfast::database {
namespace {

constexpr std::uint32_t kInvalidParameter = 87;
constexpr std::uint32_t kFileNotFound = 2;
constexpr std::uint32_t kConditionFailed = 5986;  // ERROR_CLUSTER_DATABASE_UPDATE_CONDITION_FAILED

unsigned char lower(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 'A' && byte <= 'Z' ? static_cast<unsigned char>(byte - 'A' + 'a') : byte;
}

std::size_t size(const Value& value) {
  return std::visit(
      [](const auto& data) -> std::size_t {
        using Data = std::decay_t<decltype(data)>;
        if constexpr (std::is_same_v<Data, std::vector<std::string>>) {
          std::size_t total = 0;
          for (const auto& text : data) total += text.size() + 1;
          return total;
        } else if constexpr (std::is_integral_v<Data>) {
          return sizeof(Data);
        } else {
          return data.size();
        }
      },
      value.data);
}

// FNV-1a: the hash compares copies of honest nodes, it defends against nobody.
class Hash {
 public:
  explicit Hash(std::uint64_t seed) : state_(seed ^ 0xCBF29CE484222325u) {}
  void bytes(const void* data, std::size_t count) {
    const auto* p = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < count; ++i) state_ = (state_ ^ p[i]) * 0x100000001B3u;
  }
  void number(std::uint64_t n) { bytes(&n, sizeof n); }
  void text(std::string_view t) {
    number(t.size());
    bytes(t.data(), t.size());
  }
  void value(const Value& v) {
    number(static_cast<std::uint64_t>(v.type));
    std::visit(
        [&](const auto& data) {
          using Data = std::decay_t<decltype(data)>;
          if constexpr (std::is_same_v<Data, std::string>) {
            text(data);
          } else if constexpr (std::is_same_v<Data, std::vector<std::string>>) {
            number(data.size());
            for (const auto& t : data) text(t);
          } else if constexpr (std::is_same_v<Data, Bytes>) {
            number(data.size());
            bytes(data.data(), data.size());
          } else {
            number(data);
          }
        },
        v.data);
  }
  std::uint64_t get() const { return state_; }

 private:
  std::uint64_t state_;
};

/// -1, 0, 1 for numbers; nullopt where an order makes no sense.
std::optional<int> compare(const Value& a, const Value& b) {
  if (a.data.index() != b.data.index()) return std::nullopt;
  return a.data < b.data ? -1 : a.data == b.data ? 0 : 1;
}

std::unexpected<Refusal> refuse(std::uint32_t code, std::string subject, std::string advice = {}) {
  return std::unexpected(Refusal{{code, std::move(subject), std::move(advice)}, 0});
}

}  // namespace

bool NameLess::operator()(std::string_view a, std::string_view b) const {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](char x, char y) { return lower(x) < lower(y); });
}

bool sameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<std::string_view> splitPath(std::string_view path) {
  std::vector<std::string_view> names;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find(schema::kSeparator), path.size());
    if (end > 0) names.push_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return names;
}

Batch rebased(const Batch& batch, std::string_view base) {
  Batch result = batch;
  for (auto& command : result.commands) command.key = schema::join(base, command.key);
  return result;
}

// --- keys -----------------------------------------------------------------------------------------------------------

const Key* Key::find(std::string_view path) const {
  const Key* key = this;
  for (const std::string_view name : splitPath(path)) {
    const auto found = key->keys_.find(name);
    if (found == key->keys_.end()) return nullptr;
    key = found->second.get();
  }
  return key;
}

const Value* Key::value(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

std::optional<std::uint32_t> Key::dword(std::string_view name) const {
  const Value* found = value(name);
  if (!found) return std::nullopt;
  const auto* number = std::get_if<std::uint32_t>(&found->data);
  return number ? std::optional(*number) : std::nullopt;
}

std::string Key::text(std::string_view name) const {
  const Value* found = value(name);
  const auto* text = found ? std::get_if<std::string>(&found->data) : nullptr;
  return text ? *text : std::string();
}

std::vector<std::string> Key::strings(std::string_view name) const {
  const Value* found = value(name);
  const auto* strings = found ? std::get_if<std::vector<std::string>>(&found->data) : nullptr;
  return strings ? *strings : std::vector<std::string>();
}

// --- applying
// ---------------------------------------------------------------------------------------------------------

struct Limits {
  std::size_t commands = kMaxBatch_commands;
  std::size_t bytes = kMaxBatch_bytes;
};
constexpr Limits kAsked{};
constexpr Limits kDecided{kMaxBatch_commands + kBookkeeping_commands, SIZE_MAX};
constexpr Limits kStored{SIZE_MAX, SIZE_MAX};

/// What one batch does to a tree. Every change notes how to take it back, so that a refused batch leaves nothing, at
/// the cost of what it touched and not of a copy of the tree.
class BatchRun {
 public:
  BatchRun(Key& root, std::uint64_t sequence, Limits limits) : root_(root), sequence_(sequence), limits_(limits) {}

  std::expected<void, Refusal> run(const Batch& batch, std::string_view base) {
    if (batch.commands.size() > limits_.commands) {
      return refuse(kInvalidParameter, "a batch of " + std::to_string(batch.commands.size()) + " commands",
                    "write at most " + std::to_string(kMaxBatch_commands) + " at a time");
    }
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < batch.commands.size(); ++i) {
      bytes += size(batch.commands[i].value);
      auto done = bytes > limits_.bytes
                      ? refuse(kInvalidParameter,
                               "a batch with more than " + std::to_string(kMaxBatch_bytes) + " bytes of values",
                               "write it in parts")
                      : one(batch.commands[i], base);
      if (!done) {
        done.error().command = i;
        return done;
      }
    }
    return {};
  }

  void takeBack() {
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) (*undo)();
    undo_.clear();
  }

 private:
  using Done = std::expected<void, Refusal>;

  Done one(const Command& command, std::string_view base) {
    const std::string path = schema::join(base, command.key);
    const auto names = splitPath(path);
    if (names.size() > kMaxDepth)
      return refuse(kInvalidParameter, "the key \"" + path + "\" lies too deep", "use fewer levels");
    for (const std::string_view name : names) {
      if (name.size() > kMaxNameLength_bytes)
        return refuse(kInvalidParameter, "a key name is too long", "use at most 255 characters");
    }
    if (command.name.size() > kMaxNameLength_bytes)
      return refuse(kInvalidParameter, "a value name is too long", "use at most 255 characters");
    if (size(command.value) > kMaxValue_bytes) {
      return refuse(kInvalidParameter, "the value \"" + command.name + "\" is too large",
                    "store at most 1 MiB in a value");
    }
    switch (command.kind) {
      case Command::Kind::CreateKey:
        create(names);
        return {};
      case Command::Kind::DeleteKey:
        return erase(names, path);
      case Command::Kind::SetValue:
        return set(names, path, command);
      case Command::Kind::DeleteValue:
        return remove(names, path, command);
      default:
        return condition(names, path, command);
    }
  }

  Key* walk(const std::vector<std::string_view>& names) const {
    Key* key = &root_;
    for (const std::string_view name : names) {
      const auto found = key->keys_.find(name);
      if (found == key->keys_.end()) return nullptr;
      key = found->second.get();
    }
    return key;
  }

  void touch(Key& key) {
    undo_.push_back([&key, before = key.lastWrite_] { key.lastWrite_ = before; });
    key.lastWrite_ = sequence_;
  }

  void create(const std::vector<std::string_view>& names) {
    Key* key = &root_;
    for (const std::string_view name : names) {
      const auto found = key->keys_.find(name);
      if (found != key->keys_.end()) {
        key = found->second.get();
        continue;
      }
      touch(*key);
      auto made = std::make_unique<Key>();
      made->name_ = name;
      made->lastWrite_ = sequence_;
      Key* child = made.get();
      key->keys_.emplace(std::string(name), std::move(made));
      undo_.push_back([key, name = std::string(name)] { key->keys_.erase(name); });
      key = child;
    }
  }

  Done erase(std::vector<std::string_view> names, const std::string& path) {
    if (names.empty()) return refuse(kInvalidParameter, "the root key cannot be deleted");
    const std::string_view last = names.back();
    names.pop_back();
    Key* parent = walk(names);
    const auto found = parent ? parent->keys_.find(last) : Key::Keys::iterator();
    if (!parent || found == parent->keys_.end()) return refuse(kFileNotFound, "there is no key \"" + path + "\"");
    touch(*parent);
    auto node = std::make_shared<Key::Keys::node_type>(parent->keys_.extract(found));
    undo_.push_back([parent, node] { parent->keys_.insert(std::move(*node)); });
    return {};
  }

  Done set(const std::vector<std::string_view>& names, const std::string& path, const Command& command) {
    Key* key = walk(names);
    if (!key) return refuse(kFileNotFound, "there is no key \"" + path + "\"", "create it first");
    touch(*key);
    const auto found = key->values_.find(command.name);
    if (found == key->values_.end()) {
      key->values_.emplace(command.name, command.value);
      undo_.push_back([key, name = command.name] { key->values_.erase(name); });
    } else {
      undo_.push_back([key, name = command.name, before = found->second] { key->values_.find(name)->second = before; });
      found->second = command.value;
    }
    return {};
  }

  Done remove(const std::vector<std::string_view>& names, const std::string& path, const Command& command) {
    Key* key = walk(names);
    if (!key) return refuse(kFileNotFound, "there is no key \"" + path + "\"");
    const auto found = key->values_.find(command.name);
    if (found == key->values_.end()) return {};
    touch(*key);
    auto node = std::make_shared<Key::Values::node_type>(key->values_.extract(found));
    undo_.push_back([key, node] { key->values_.insert(std::move(*node)); });
    return {};
  }

  Done condition(const std::vector<std::string_view>& names, const std::string& path, const Command& command) {
    const Key* key = walk(names);
    const Value* value = key ? key->value(command.name) : nullptr;
    const auto order = value ? compare(*value, command.value) : std::nullopt;
    bool holds = false;
    switch (command.kind) {
      case Command::Kind::ConditionKeyExists:
        holds = key != nullptr;
        break;
      case Command::Kind::ConditionKeyMissing:
        holds = key == nullptr;
        break;
      case Command::Kind::ConditionValueExists:
        holds = value != nullptr;
        break;
      case Command::Kind::ConditionValueMissing:
        holds = value == nullptr;
        break;
      case Command::Kind::ConditionEqual:
        holds = value && *value == command.value;
        break;
      case Command::Kind::ConditionNotEqual:
        holds = value && !(*value == command.value);
        break;
      case Command::Kind::ConditionGreater:
        holds = order && *order > 0;
        break;
      case Command::Kind::ConditionLess:
        holds = order && *order < 0;
        break;
      case Command::Kind::CreateKey:
      case Command::Kind::DeleteKey:
      case Command::Kind::SetValue:
      case Command::Kind::DeleteValue:
        assert(false && "no condition");
        break;
    }
    if (holds) return {};
    return refuse(kConditionFailed,
                  "a condition of the batch does not hold at \"" + schema::join(path, command.name) + "\"",
                  "read again what it is based on, and try again");
  }

  Key& root_;
  std::uint64_t sequence_;
  Limits limits_;
  std::vector<std::function<void()>> undo_;
};

Tree::Tree() : root_(std::make_unique<Key>()) {}
Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

std::expected<void, Refusal> Tree::check(const Batch& batch, std::string_view base) const {
  // Runs the batch and takes it back: the keys are the tree's own, and are as they were when this returns.
  BatchRun run(*root_, 0, kAsked);
  auto done = run.run(batch, base);
  run.takeBack();
  return done;
}

std::expected<void, Refusal> Tree::checkAfter(const std::vector<const Batch*>& before, const Batch& batch) const {
  std::vector<BatchRun> runs;
  runs.reserve(before.size() + 1);
  for (const Batch* earlier : before) {
    // A pending batch was judged in its turn, so it is taken; if not, neither will it be at its commit.
    if (!runs.emplace_back(*root_, 0, kDecided).run(*earlier, {})) runs.back().takeBack();
  }
  auto done = runs.emplace_back(*root_, 0, kAsked).run(batch, {});
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) run->takeBack();
  return done;
}

std::expected<void, Refusal> Tree::apply(const Batch& batch, std::uint64_t sequence, std::string_view base) {
  BatchRun run(*root_, sequence, kDecided);
  auto done = run.run(batch, base);
  if (!done) {
    run.takeBack();
    return done;
  }
  Hash hash(hash_);
  hash.number(sequence);
  for (const auto& command : batch.commands) {
    hash.number(static_cast<std::uint64_t>(command.kind));
    hash.text(schema::join(base, command.key));
    hash.text(command.name);
    hash.value(command.value);
  }
  hash_ = hash.get();
  return {};
}

std::expected<void, Refusal> Tree::load(const Batch& content, std::uint64_t sequence) {
  auto root = std::make_unique<Key>();
  auto done = BatchRun(*root, sequence, kStored).run(content, {});
  if (!done) return done;
  root_ = std::move(root);
  hash_ = 0;
  return done;
}

namespace {

void collect(const Key& key, const std::string& path, Batch& batch) {
  if (!path.empty()) batch.createKey(path);
  for (const auto& [name, value] : key.values()) batch.set(path, name, value);
  for (const auto& [name, child] : key.keys()) collect(*child, schema::join(path, child->name()), batch);
}

bool same(const Key& a, const Key& b) {
  if (a.values() != b.values() || a.keys().size() != b.keys().size()) return false;
  return std::equal(a.keys().begin(), a.keys().end(), b.keys().begin(),
                    [](const auto& x, const auto& y) { return x.first == y.first && same(*x.second, *y.second); });
}

}  // namespace

Batch Tree::toBatch() const {
  Batch batch;
  collect(*root_, {}, batch);
  return batch;
}

bool Tree::sameContent(const Tree& other) const { return same(*root_, *other.root_); }

}  // namespace holdfast::database
