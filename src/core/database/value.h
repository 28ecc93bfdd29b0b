// Typed values and batches of the cluster database (CL §7, CM §26).
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/types.h"

namespace holdfast::database {

/// Registry type numbers, part of the contract.
enum class ValueType : std::uint32_t { Sz = 1, ExpandSz = 2, Binary = 3, Dword = 4, MultiSz = 7, Qword = 11 };

/// A typed value. Text is UTF-8 without a terminator; MULTI_SZ is kept as its strings.
struct Value {
  ValueType type = ValueType::Sz;
  std::variant<std::string, std::uint32_t, std::uint64_t, std::vector<std::string>, Bytes> data;

  static Value sz(std::string text) { return {ValueType::Sz, std::move(text)}; }
  static Value expandSz(std::string text) { return {ValueType::ExpandSz, std::move(text)}; }
  static Value dword(std::uint32_t number) { return {ValueType::Dword, number}; }
  static Value qword(std::uint64_t number) { return {ValueType::Qword, number}; }
  static Value multiSz(std::vector<std::string> strings) { return {ValueType::MultiSz, std::move(strings)}; }
  static Value binary(Bytes bytes) { return {ValueType::Binary, std::move(bytes)}; }
  bool operator==(const Value&) const = default;
};

/// One step of a batch. Keys are relative to the batch's root key, names separated by '\', compared without case.
struct Command {
  enum class Kind : std::uint8_t {
    CreateKey,  ///< with all missing parents; opens if it exists
    DeleteKey,  ///< with everything below
    SetValue,
    DeleteValue,  ///< missing value: no error
    ConditionKeyExists,
    ConditionKeyMissing,
    ConditionValueExists,
    ConditionValueMissing,
    ConditionEqual,
    ConditionNotEqual,
    ConditionGreater,
    ConditionLess
  };
  Kind kind = Kind::SetValue;
  std::string key;
  std::string name;  ///< value name
  Value value;
  bool operator==(const Command&) const = default;
};

/// Applied whole or not at all. A false condition refuses the whole batch:
/// ERROR_CLUSTER_DATABASE_UPDATE_CONDITION_FAILED (5986).
struct Batch {
  std::vector<Command> commands;

  Batch& createKey(std::string key) { return add({Command::Kind::CreateKey, std::move(key), {}, {}}); }
  Batch& deleteKey(std::string key) { return add({Command::Kind::DeleteKey, std::move(key), {}, {}}); }
  Batch& set(std::string key, std::string name, Value value) {
    return add({Command::Kind::SetValue, std::move(key), std::move(name), std::move(value)});
  }
  Batch& remove(std::string key, std::string name) {
    return add({Command::Kind::DeleteValue, std::move(key), std::move(name), {}});
  }
  Batch& require(Command::Kind condition, std::string key, std::string name = {}, Value value = {}) {
    return add({condition, std::move(key), std::move(name), std::move(value)});
  }
  Batch& add(Command command) {
    commands.push_back(std::move(command));
    return *this;
  }
  bool operator==(const Batch&) const = default;
};

}  // namespace holdfast::database
