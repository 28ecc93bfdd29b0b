// Reading the cluster database: keys by path, values as bytes (CL §7).
#include <algorithm>

#include "clussvc/doors/key_path.h"
#include "clussvc/doors/registry_bytes.h"
#include "clussvc/doors/session_state.h"
#include "clussvc/doors/submit.h"
#include "core/database/schema.h"
#include "core/database/tree.h"

namespace holdfast::clussvc::doors {

namespace {

namespace schema = database::schema;

constexpr std::uint32_t kMaximumAllowed = 0x02000000;
// KEY_SET_VALUE, KEY_CREATE_SUB_KEY, KEY_CREATE_LINK, DELETE, WRITE_DAC, WRITE_OWNER, GENERIC_WRITE, GENERIC_ALL.
constexpr std::uint32_t kWriteAccess = 0x2 | 0x4 | 0x20 | 0x10000 | 0x40000 | 0x80000 | 0x40000000 | 0x10000000;
constexpr std::uint32_t kCreatedNew = 1, kOpenedExisting = 2;

Error keyGone() { return {kKeyDeleted, "the key was deleted while it was open", "close it"}; }

/// Path of the key that this handle stands for: a key's own, or that of an object.
Result<std::string> pathOf(SessionState& state, std::uint64_t handle) {
  if (const auto* key = state.handles.find<KeyHandle>(handle)) return key->path;
  const auto* object = state.handles.find<ObjectRef>(handle);
  if (!object) return fail(kInvalidHandle, "the handle is not one of a key or an object");
  switch (object->kind) {
    case ObjectKind::Cluster:
      return std::string{};
    case ObjectKind::Group:
      return schema::groupKey(object->id);
    case ObjectKind::Resource:
      return schema::resourceKey(object->id);
    case ObjectKind::ResourceType:
      return schema::resourceTypeKey(object->id);
    case ObjectKind::Node:
      return schema::join(schema::kNodes, object->id);
  }
  return fail(kInvalidHandle, "an object of this kind has no key");
}

/// The key, if it is one and still there. `key` is how the database has it.
struct LiveKey {
  KeyHandle& handle;
  const database::Key& key;
};
Result<LiveKey> liveKey(SessionState& state, std::uint64_t handle) {
  auto* held = state.handles.find<KeyHandle>(handle);
  if (!held) return fail(kInvalidHandle, "the handle is not one of a key");
  const database::Key* key = state.view().tree().find(held->path);
  if (!key) return std::unexpected(keyGone());
  return LiveKey{*held, *key};
}

std::optional<Error> checkValueName(const std::string& name) {
  if (name.size() <= kValueName_bytes) return std::nullopt;
  return Error{kInvalidParameter, "the value's name is too long",
               "use at most " + std::to_string(kValueName_bytes) + " bytes"};
}

calls::RegistryValue registryValue(const std::string& name, const database::Value& value) {
  calls::RegistryValue made;
  made.set_name(name);
  made.set_type(static_cast<std::uint32_t>(value.type));
  made.set_data(toNativeBytes(value));
  return made;
}

/// The names of subkeys or values, kept in the handle while the key stays as it is.
const std::vector<std::string>& namesOf(const LiveKey& live, bool ofKeys) {
  KeyHandle& handle = live.handle;
  const std::uint64_t written = live.key.lastWrite();
  if (handle.namesWritten != written || handle.namesAreKeys != ofKeys || handle.names.empty()) {
    handle.names.clear();
    if (ofKeys) {
      for (const auto& [name, key] : live.key.keys()) handle.names.push_back(key->name());
    } else {
      for (const auto& [name, value] : live.key.values()) handle.names.push_back(name);
    }
    handle.namesWritten = written;
    handle.namesAreKeys = ofKeys;
  }
  return handle.names;
}

std::uint32_t charsOf(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

void answerOpened(SessionState& state, std::string path, Access granted, std::uint32_t disposition,
                  const Reply& reply) {
  const auto handle = state.addHandle({KeyHandle{std::move(path), {}, 0, false}, granted});
  if (!handle) return reply.refuse(handle.error());
  calls::OpenKeyAnswer answer;
  answer.set_handle(*handle);
  answer.set_disposition(disposition);
  reply.done(answer);
}

void createKey(SessionState& state, const std::string& path, Access granted, const Reply& reply) {
  if (belongsToObject(path)) {
    return reply.refuse(kAccessDenied, "key \"" + path + "\" comes with its object",
                        "create the object with its own call");
  }
  if (const auto room = state.roomForHandle(); !room) return reply.refuse(room.error());
  WriteDatabase write;
  write.key = "";
  write.batch.createKey(path);
  state.service.submit(std::move(write), state.cause(objectOfKey(path), "asked to create key \"" + path + "\""),
                       [weak = state.weak_from_this(), path, granted, reply](const Answer& answer) {
                         const auto held = weak.lock();
                         if (!held) return;
                         if (answer.status.code != kSuccess) return reply.refuse(answer.status);
                         answerOpened(*held, path, granted, kCreatedNew, reply);
                       });
}

}  // namespace

void openKey(SessionState& state, const calls::OpenKeyRequest& request, const Reply& reply) {
  const auto parent = pathOf(state, request.handle());
  if (!parent) return reply.refuse(parent.error());
  const Access parentAccess = state.handles.find(request.handle())->granted;
  const bool best = (request.sam_desired() & kMaximumAllowed) != 0;
  const bool write = (request.sam_desired() & kWriteAccess) != 0;
  if ((write || request.create()) && parentAccess != Access::All) {
    return reply.refuse(kAccessDenied, "the key was opened for reading only",
                        "open the object with GENERIC_ALL, or the key with KEY_READ");
  }
  const Access granted = write || (best && parentAccess == Access::All) ? Access::All : Access::Read;
  const auto& tree = state.view().tree();
  if (!tree.find(*parent)) return reply.refuse(keyGone());
  const auto path = keyBelow(*parent, request.subkey());
  if (!path) return reply.refuse(path.error());
  if (tree.find(*path)) return answerOpened(state, *path, granted, kOpenedExisting, reply);
  if (!request.create()) return reply.refuse(kFileNotFound, "there is no key \"" + *path + "\"");
  createKey(state, *path, granted, reply);
}

void queryValue(SessionState& state, const calls::QueryValueRequest& request, const Reply& reply) {
  const auto key = liveKey(state, request.key());
  if (!key) return reply.refuse(key.error());
  if (const auto refusal = checkValueName(request.name())) return reply.refuse(*refusal);
  const auto* value = key->key.value(request.name());
  if (!value) {
    return reply.refuse(kFileNotFound, "key \"" + key->handle.path + "\" has no value \"" + request.name() + "\"");
  }
  reply.done(registryValue(request.name(), *value));
}

void enumKey(SessionState& state, const calls::EnumKeyRequest& request, const Reply& reply) {
  const auto key = liveKey(state, request.key());
  if (!key) return reply.refuse(key.error());
  const auto& names = namesOf(*key, true);
  if (request.index() >= names.size()) return reply.refuse(kNoMoreItems, "the key has no more subkeys");
  calls::EnumKeyAnswer answer;
  answer.set_name(names[request.index()]);
  reply.done(answer);
}

void enumValue(SessionState& state, const calls::EnumValueRequest& request, const Reply& reply) {
  const auto key = liveKey(state, request.key());
  if (!key) return reply.refuse(key.error());
  const auto& names = namesOf(*key, false);
  if (request.index() >= names.size()) return reply.refuse(kNoMoreItems, "the key has no more values");
  const std::string& name = names[request.index()];
  const auto* value = key->key.value(name);
  if (!value) return reply.refuse(kNoMoreItems, "the key has no more values");
  reply.done(registryValue(name, *value));
}

void keyInfo(SessionState& state, const calls::HandleRequest& request, const Reply& reply) {
  const auto key = liveKey(state, request.handle());
  if (!key) return reply.refuse(key.error());
  calls::KeyInfoAnswer answer;
  for (const auto& [name, subkey] : key->key.keys()) {
    answer.set_subkeys(answer.subkeys() + 1);
    answer.set_max_subkey_chars(std::max(answer.max_subkey_chars(), charsOf(name)));
  }
  for (const auto& [name, value] : key->key.values()) {
    answer.set_values(answer.values() + 1);
    answer.set_max_value_name_chars(std::max(answer.max_value_name_chars(), charsOf(name)));
    answer.set_max_value_bytes(
        std::max(answer.max_value_bytes(), static_cast<std::uint32_t>(toNativeBytes(value).size())));
  }
  reply.done(answer);
}

void deleteKey(SessionState& state, const calls::DeleteKeyRequest& request, const Reply& reply) {
  const auto key = liveKey(state, request.key());
  if (!key) return reply.refuse(key.error());
  const auto path = keyBelow(key->handle.path, request.subkey());
  if (!path) return reply.refuse(path.error());
  const database::Key* doomed = state.view().tree().find(*path);
  if (!doomed) return reply.refuse(kFileNotFound, "there is no key \"" + *path + "\"");
  if (belongsToObject(*path)) {
    return reply.refuse(kAccessDenied, "key \"" + *path + "\" goes with its object",
                        "delete the object with its own call");
  }
  if (!doomed->keys().empty()) {
    return reply.refuse(kAccessDenied, "key \"" + *path + "\" has subkeys", "delete them first");
  }
  WriteDatabase write;
  write.batch.deleteKey(*path);
  submit(state, std::move(write), objectOfKey(*path), "asked to delete key \"" + *path + "\"", reply);
}

}  // namespace holdfast::clussvc::doors
