#include "clussvc/store/codec.h"

#include "clussvc/store/record.pb.h"

namespace holdfast::clussvc::store {
namespace {

using database::ValueType;

void write(const database::Value& value, record::Value& to) {
  to.set_type(static_cast<std::uint32_t>(value.type));
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    to.set_text(*text);
  } else if (const auto* dword = std::get_if<std::uint32_t>(&value.data)) {
    to.set_dword(*dword);
  } else if (const auto* qword = std::get_if<std::uint64_t>(&value.data)) {
    to.set_qword(*qword);
  } else if (const auto* strings = std::get_if<std::vector<std::string>>(&value.data)) {
    auto* list = to.mutable_strings();
    for (const std::string& string : *strings) list->add_text(string);
  } else if (const auto* bytes = std::get_if<Bytes>(&value.data)) {
    to.set_binary(bytes->data(), bytes->size());
  }
}

std::optional<database::Value> read(const record::Value& from) {
  database::Value value;
  value.type = static_cast<ValueType>(from.type());
  switch (from.data_case()) {
    case record::Value::kText:
      value.data = from.text();
      break;
    case record::Value::kDword:
      value.data = from.dword();
      break;
    case record::Value::kQword:
      value.data = from.qword();
      break;
    case record::Value::kStrings:
      value.data = std::vector<std::string>(from.strings().text().begin(), from.strings().text().end());
      break;
    case record::Value::kBinary:
      value.data = Bytes(from.binary().begin(), from.binary().end());
      break;
    case record::Value::DATA_NOT_SET:
      return std::nullopt;
  }
  return value;
}

void write(const gum::MemberId& member, record::Member& to) {
  to.set_node(member.node);
  to.set_instance(member.instance);
  to.set_incarnation(member.incarnation);
}

gum::MemberId read(const record::Member& from) {
  return {static_cast<NodeId>(from.node()), from.instance(), from.incarnation()};
}

void write(const Cause& cause, record::Cause& to) {
  to.set_kind(static_cast<std::uint32_t>(cause.kind));
  to.set_actor(cause.actor);
  to.set_object_kind(static_cast<std::uint32_t>(cause.object.kind));
  to.set_object_id(cause.object.id);
  to.set_text(cause.text);
  to.set_parent(cause.parent);
}

Cause read(const record::Cause& from) {
  Cause cause;
  cause.kind = static_cast<Cause::Kind>(from.kind());
  cause.actor = from.actor();
  cause.object = {static_cast<ObjectKind>(from.object_kind()), from.object_id()};
  cause.text = from.text();
  cause.parent = from.parent();
  return cause;
}

}  // namespace

std::string encodeEntry(const gum::Entry& entry) {
  record::Entry out;
  out.set_epoch(entry.tag.epoch.packed());
  out.set_seq(entry.tag.seq);
  out.set_kind(static_cast<std::uint32_t>(entry.kind));
  out.set_request_client(entry.request.client);
  out.set_request_number(entry.request.number);
  write(entry.cause, *out.mutable_cause());
  out.set_time_ns(entry.time.time_since_epoch().count());
  for (const database::Command& command : entry.batch.commands) {
    record::Command& to = *out.add_batch();
    to.set_kind(static_cast<std::uint32_t>(command.kind));
    to.set_key(command.key);
    to.set_name(command.name);
    write(command.value, *to.mutable_value());
  }
  for (const gum::MemberId& member : entry.members) write(member, *out.add_members());
  for (const auto& [member, weight] : entry.weights) {
    record::Weight& to = *out.add_weights();
    write(member, *to.mutable_member());
    to.set_weight(weight);
  }
  return out.SerializeAsString();
}

std::optional<gum::Entry> decodeEntry(std::string_view bytes) {
  record::Entry in;
  if (!in.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  // GUM-44: an unknown kind of entry makes a node leave, not guess.
  if (in.kind() > static_cast<std::uint32_t>(gum::Entry::Kind::Forced)) return std::nullopt;
  gum::Entry entry;
  entry.tag = {gum::Epoch::unpack(in.epoch()), in.seq()};
  entry.kind = static_cast<gum::Entry::Kind>(in.kind());
  entry.request = {in.request_client(), in.request_number()};
  entry.cause = read(in.cause());
  entry.time = WallTime(std::chrono::nanoseconds(in.time_ns()));
  for (const record::Command& command : in.batch()) {
    if (command.kind() > static_cast<std::uint32_t>(database::Command::Kind::ConditionLess)) return std::nullopt;
    auto value = read(command.value());
    if (!value) return std::nullopt;
    entry.batch.add(
        {static_cast<database::Command::Kind>(command.kind()), command.key(), command.name(), std::move(*value)});
  }
  for (const record::Member& member : in.members()) entry.members.push_back(read(member));
  for (const record::Weight& weight : in.weights()) entry.weights.emplace_back(read(weight.member()), weight.weight());
  return entry;
}

std::string encodeValue(const database::Value& value) {
  record::Value out;
  write(value, out);
  return out.SerializeAsString();
}

std::optional<database::Value> decodeValue(std::string_view bytes) {
  record::Value in;
  if (!in.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  return read(in);
}

}  // namespace holdfast::clussvc::store
