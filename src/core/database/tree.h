// The cluster database: one tree of keys and typed values, changed by batches only (CL §7, CM §26).
// Names are compared without case (ASCII; other characters by code) and kept as they were first written.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/types.h"
#include "core/database/value.h"

namespace holdfast::database {

/// Order of names without case.
struct NameLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};
bool sameName(std::string_view a, std::string_view b);

class Key {
 public:
  const std::string& name() const { return name_; }  ///< as it was first written; empty for the root
  /// Sequence number of the update that last changed this key's own values or sub-key list.
  std::uint64_t lastWrite() const { return lastWrite_; }

  using Keys = std::map<std::string, std::unique_ptr<Key>, NameLess>;
  using Values = std::map<std::string, Value, NameLess>;
  const Keys& keys() const { return keys_; }
  const Values& values() const { return values_; }

  const Key* find(std::string_view path) const;     ///< nullptr if it is not there; the empty path is this key
  const Value* value(std::string_view name) const;  ///< nullptr if it is not there
  std::optional<std::uint32_t> dword(std::string_view name) const;  ///< nullopt if missing or of another type
  std::string text(std::string_view name) const;                    ///< of SZ and EXPAND_SZ, else empty
  std::vector<std::string> strings(std::string_view name) const;    ///< of MULTI_SZ, else empty

 private:
  friend class Tree;
  friend class BatchRun;
  std::string name_;
  std::uint64_t lastWrite_ = 0;
  Keys keys_;
  Values values_;
};

/// Why a batch was refused, and at which of its commands.
struct Refusal {
  Error error;
  std::size_t command = 0;
};

class Tree {
 public:
  Tree();
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree&&) noexcept;
  ~Tree();

  const Key& root() const { return *root_; }
  const Key* find(std::string_view path) const { return root_->find(path); }

  /// Would the batch be taken? Conditions and limits are judged as the batch goes along (a condition sees what earlier
  /// commands of the batch did). Changes nothing. `base`: key that the commands' keys are relative to.
  std::expected<void, Refusal> check(const Batch& batch, std::string_view base = {}) const;

  /// The same, as if the batches of `before` (keys from the root) had been applied first: for judging a request against
  /// updates that are not committed yet (GUM-15). Costs what the batches touch.
  std::expected<void, Refusal> checkAfter(const std::vector<const Batch*>& before, const Batch& batch) const;

  /// Applies the batch, whole or not at all; `sequence` becomes lastWrite of the keys it touches. Leaves room for
  /// kBookkeeping_commands more than check() does.
  std::expected<void, Refusal> apply(const Batch& batch, std::uint64_t sequence, std::string_view base = {});

  /// Puts what toBatch() gave, here or from the store, in place of everything. No limit counts: it was within them
  /// piece by piece. `sequence`: of the last update in it.
  std::expected<void, Refusal> load(const Batch& content, std::uint64_t sequence);

  /// Hash over all batches applied since load(), in their order: equal histories, equal hashes (GUM-19).
  std::uint64_t runningHash() const { return hash_; }

  /// The whole tree as CreateKey and SetValue commands; applied to an empty tree it gives the same tree.
  Batch toBatch() const;
  bool sameContent(const Tree& other) const;

 private:
  std::unique_ptr<Key> root_;
  std::uint64_t hash_ = 0;
};

/// Splits a path; empty names (doubled or outer separators) are left out.
std::vector<std::string_view> splitPath(std::string_view path);

/// A batch relative to `base` as one relative to the root.
Batch rebased(const Batch& batch, std::string_view base);

}  // namespace holdfast::database
