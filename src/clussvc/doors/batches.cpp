// Writing the cluster database: a batch of commands is one atomic update (CL §7).
#include "clussvc/doors/key_path.h"
#include "clussvc/doors/registry_bytes.h"
#include "clussvc/doors/session_state.h"
#include "core/database/tree.h"

namespace holdfast::clussvc::doors {

namespace {

using database::Command;

/// CLUSTER_REG_COMMAND.
enum class RegCommand : std::uint32_t {
  SetValue = 1,
  CreateKey = 2,
  DeleteKey = 3,
  DeleteValue = 4,
  ConditionExists = 11,
  ConditionNotExists = 12,
  ConditionEqual = 13,
  ConditionNotEqual = 14,
  ConditionGreater = 15,
  ConditionLess = 16,
  ConditionKeyExists = 17,
  ConditionKeyNotExists = 18
};

/// Turns commands into those of the database, with the rules about which key they act on.
class Translation {
 public:
  explicit Translation(std::string root) : root_(std::move(root)) {}

  std::optional<Error> add(const calls::BatchCommand& given) {
    switch (static_cast<RegCommand>(given.command())) {
      case RegCommand::CreateKey:
        return onKey(given, Command::Kind::CreateKey);
      case RegCommand::DeleteKey:
        return onKey(given, Command::Kind::DeleteKey);
      case RegCommand::ConditionKeyExists:
        return onKey(given, Command::Kind::ConditionKeyExists);
      case RegCommand::ConditionKeyNotExists:
        return onKey(given, Command::Kind::ConditionKeyMissing);
      case RegCommand::SetValue:
        return onValue(given, Command::Kind::SetValue, true);
      case RegCommand::DeleteValue:
        return onValue(given, Command::Kind::DeleteValue, false);
      case RegCommand::ConditionExists:
        return onValue(given, Command::Kind::ConditionValueExists, false);
      case RegCommand::ConditionNotExists:
        return onValue(given, Command::Kind::ConditionValueMissing, false);
      case RegCommand::ConditionEqual:
        return onValue(given, Command::Kind::ConditionEqual, true);
      case RegCommand::ConditionNotEqual:
        return onValue(given, Command::Kind::ConditionNotEqual, true);
      case RegCommand::ConditionGreater:
        return onValue(given, Command::Kind::ConditionGreater, true);
      case RegCommand::ConditionLess:
        return onValue(given, Command::Kind::ConditionLess, true);
    }
    return Error{kInvalidParameter, "a batch has no command " + std::to_string(given.command()), {}};
  }

  database::Batch take() { return std::move(batch_); }

 private:
  std::optional<Error> onKey(const calls::BatchCommand& given, Command::Kind kind) {
    const auto path = keyBelow(root_, given.name());
    if (!path) return path.error();
    if (given.name().empty() && kind != Command::Kind::ConditionKeyExists) {
      return Error{kInvalidParameter, "the command names no key", {}};
    }
    const bool changes = kind == Command::Kind::CreateKey || kind == Command::Kind::DeleteKey;
    if (changes && belongsToObject(*path)) {
      return Error{kAccessDenied, "key \"" + *path + "\" comes and goes with its object",
                   "create and delete the object with its own calls"};
    }
    // CL-84: after DELETE_KEY there is no current key.
    if (kind == Command::Kind::CreateKey) current_ = given.name();
    if (kind == Command::Kind::DeleteKey) current_.reset();
    batch_.add({kind, given.name(), {}, {}});
    return std::nullopt;
  }

  std::optional<Error> onValue(const calls::BatchCommand& given, Command::Kind kind, bool hasData) {
    if (!current_) {
      return Error{kInvalidParameter, "after DELETE_KEY there is no key for values",
                   "name one with CREATE_KEY, which opens an existing one"};
    }
    if (given.name().size() > kValueName_bytes) return Error{kInvalidParameter, "the value's name is too long", {}};
    database::Value value;
    if (hasData) {
      auto converted = fromNativeBytes(given.options(), given.data());
      if (!converted) return converted.error();
      value = std::move(*converted);
    }
    batch_.add({kind, *current_, given.name(), std::move(value)});
    return std::nullopt;
  }

  std::string root_;
  std::optional<std::string> current_ = "";
  database::Batch batch_;
};

void answerBatch(const Error& status, std::int32_t failedCommand, std::uint64_t tag, const Reply& reply) {
  calls::BatchAnswer body;
  body.set_failed_command(failedCommand);
  reply.with(status, &body, tag);
}

std::string describe(const calls::BatchRequest& request, const std::string& path) {
  if (request.commands_size() == 1) {
    const auto& command = request.commands(0);
    const char* what = command.command() == static_cast<std::uint32_t>(RegCommand::DeleteValue) ? "delete" : "write";
    return std::string("asked to ") + what + " \"" + command.name() + "\" in key \"" + path + "\"";
  }
  return "asked for " + std::to_string(request.commands_size()) + " changes below key \"" + path + "\"";
}

}  // namespace

void batch(SessionState& state, const calls::BatchRequest& request, const Reply& reply) {
  const auto* key = state.handles.find<KeyHandle>(request.key());
  if (!key) return answerBatch({kInvalidHandle, "the handle is not one of a key", {}}, -1, 0, reply);
  if (!state.view().tree().find(key->path)) {
    return answerBatch({kKeyDeleted, "the key was deleted while it was open", "close it"}, -1, 0, reply);
  }
  if (request.commands_size() > kBatchCommands) {
    return answerBatch({kInvalidParameter, "the batch has more than " + std::to_string(kBatchCommands) + " commands",
                        "make several of it"},
                       -1, 0, reply);
  }
  Translation translation(key->path);
  for (int i = 0; i < request.commands_size(); ++i) {
    if (const auto refusal = translation.add(request.commands(i))) return answerBatch(*refusal, i, 0, reply);
  }
  if (request.commands_size() == 0) return answerBatch({}, -1, 0, reply);
  const std::string path = key->path;
  const auto commands = std::make_shared<const database::Batch>(translation.take());
  state.service.submit(WriteDatabase{path, *commands}, state.cause(objectOfKey(path), describe(request, path)),
                       [weak = state.weak_from_this(), path, commands, reply](const Answer& answer) {
                         std::int32_t failed = answer.failedCommand;
                         const auto held = weak.lock();
                         if (held && answer.status.code != kSuccess && failed < 0) {
                           const auto judged = held->view().tree().check(*commands, path);
                           if (!judged) failed = static_cast<std::int32_t>(judged.error().command);
                         }
                         answerBatch(answer.status, failed, answer.tag, reply);
                       });
}

}  // namespace holdfast::clussvc::doors
