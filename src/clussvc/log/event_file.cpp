#include "clussvc/log/event_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <boost/json/src.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "clussvc/log/cluster_log.h"

namespace holdfast::clussvc::log {
namespace {

namespace json = boost::json;

/// At most `limit_bytes` of it.
std::string_view cut(std::string_view text, std::size_t limit_bytes) {
  if (text.size() <= limit_bytes) return text;
  while (limit_bytes > 0 && (static_cast<unsigned char>(text[limit_bytes]) & 0xC0) == 0x80) --limit_bytes;
  return text.substr(0, limit_bytes);
}

/// Reads members of one object; `good` ends when one is missing or makes no sense.
class Members {
 public:
  explicit Members(const json::object& object) : object_(object) {}

  std::uint64_t number(const char* name, std::uint64_t atMost = std::numeric_limits<std::int64_t>::max()) {
    const json::value* value = object_.if_contains(name);
    const std::int64_t* number = value ? value->if_int64() : nullptr;
    if (number && *number >= 0 && static_cast<std::uint64_t>(*number) <= atMost)
      return static_cast<std::uint64_t>(*number);
    good = false;
    return 0;
  }
  std::string text(const char* name) {
    const json::value* value = object_.if_contains(name);
    const json::string* text = value ? value->if_string() : nullptr;
    if (text && text->size() <= kMaxEventText_bytes) return std::string(text->data(), text->size());
    good = false;
    return {};
  }
  ObjectRef object(const char* kindName, const char* idName) {
    const std::uint64_t kind = number(kindName);
    switch (kind) {
      case static_cast<std::uint64_t>(ObjectKind::Cluster):
      case static_cast<std::uint64_t>(ObjectKind::Group):
      case static_cast<std::uint64_t>(ObjectKind::Resource):
      case static_cast<std::uint64_t>(ObjectKind::ResourceType):
      case static_cast<std::uint64_t>(ObjectKind::Node):
        return {static_cast<ObjectKind>(kind), text(idName)};
    }
    good = false;
    return {};
  }

  bool good = true;

 private:
  const json::object& object_;
};

std::optional<EventFile::Recorded> fromLine(std::string_view line) {
  json::error_code error;
  json::parse_options options;
  options.allow_invalid_utf8 = true;  // texts of DLLs are theirs
  const json::value parsed = json::parse({line.data(), line.size()}, error, {}, options);
  const json::object* object = error ? nullptr : parsed.if_object();
  if (!object) return std::nullopt;
  Members members(*object);
  EventFile::Recorded recorded;
  ClusterEvent& event = recorded.event;
  event.number = members.number("number");
  recorded.when = WallTime(std::chrono::nanoseconds(members.number("unix_ns")));
  event.level = static_cast<ClusterEvent::Level>(
      members.number("level", static_cast<std::uint64_t>(ClusterEvent::Level::Critical)));
  event.id = static_cast<std::uint32_t>(members.number("id", std::numeric_limits<std::uint32_t>::max()));
  event.object = members.object("object_kind", "object_id");
  event.step = members.text("step");
  event.text = members.text("text");
  event.cause.kind =
      static_cast<Cause::Kind>(members.number("cause_kind", static_cast<std::uint64_t>(Cause::Kind::Membership)));
  event.cause.actor = members.text("cause_actor");
  event.cause.object = members.object("cause_object_kind", "cause_object_id");
  event.cause.text = members.text("cause");
  event.cause.parent = members.number("parent");
  if (!members.good) return std::nullopt;
  return recorded;
}

/// The last `limit_bytes` of an open file, from the beginning of a line.
std::string endOf(int descriptor, std::uint64_t size_bytes, std::uint64_t limit_bytes) {
  std::string content(std::min(size_bytes, limit_bytes), '\0');
  const std::uint64_t from = size_bytes - content.size();
  std::size_t have = 0;
  while (have < content.size()) {
    const ssize_t got =
        ::pread(descriptor, content.data() + have, content.size() - have, static_cast<off_t>(from + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  content.resize(have);
  if (from > 0) content.erase(0, std::min(content.find('\n'), content.size() - 1) + 1);
  return content;
}

/// A regular file, for its owner alone; -1 with errno otherwise.
int openPrivate(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (descriptor < 0) return -1;
  struct stat status{};
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && ::fchmod(descriptor, 0600) == 0)
    return descriptor;
  ::close(descriptor);
  errno = EPERM;
  return -1;
}

std::uint64_t sizeOf(int descriptor) {
  struct stat status{};
  return ::fstat(descriptor, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// Takes the events of whole lines into `events`; what is left out is counted and the first such line kept.
class LineReader {
 public:
  std::vector<EventFile::Recorded> events;
  std::size_t leftOut = 0;
  std::string firstLeftOut;

  void take(std::string_view content) {
    while (!content.empty()) {
      const std::size_t end = content.find('\n');
      if (end == std::string_view::npos) return;  // torn
      const std::string_view line = content.substr(0, end);
      content.remove_prefix(end + 1);
      auto recorded = fromLine(line);
      if (recorded && recorded->event.number > last_) {
        last_ = recorded->event.number;
        events.push_back(std::move(*recorded));
      } else if (leftOut++ == 0) {
        firstLeftOut = printable(cut(line, 80));
      }
    }
  }

 private:
  std::uint64_t last_ = 0;
};

}  // namespace

std::string toLine(const ClusterEvent& event, WallTime when) {
  json::object object;
  object["number"] = static_cast<std::int64_t>(event.number);
  object["unix_ns"] = when.time_since_epoch().count();
  object["level"] = static_cast<std::int64_t>(event.level);
  object["id"] = static_cast<std::int64_t>(event.id);
  object["object_kind"] = static_cast<std::int64_t>(event.object.kind);
  object["object_id"] = cut(event.object.id, kMaxEventText_bytes);
  object["step"] = cut(event.step, kMaxEventText_bytes);
  object["text"] = cut(event.text, kMaxEventText_bytes);
  object["cause_kind"] = static_cast<std::int64_t>(event.cause.kind);
  object["cause_actor"] = cut(event.cause.actor, kMaxEventText_bytes);
  object["cause_object_kind"] = static_cast<std::int64_t>(event.cause.object.kind);
  object["cause_object_id"] = cut(event.cause.object.id, kMaxEventText_bytes);
  object["cause"] = cut(event.cause.text, kMaxEventText_bytes);
  object["parent"] = static_cast<std::int64_t>(event.cause.parent);
  return json::serialize(object) + '\n';
}

EventFile::EventFile(std::string path, std::function<void(std::string_view)> complain, std::uint64_t size_bytes)
    : path_(std::move(path)), complain_(std::move(complain)), fileSize_bytes_(size_bytes / 2) {}

EventFile::~EventFile() { close(); }

bool EventFile::open() {
  if (descriptor_ >= 0) return true;
  descriptor_ = openPrivate(path_, O_RDWR | O_APPEND | O_CREAT);
  if (descriptor_ < 0) {
    const char* why = std::strerror(errno);
    if (!std::exchange(failing_, true))
      complain_(fmt::format("{} cannot be used: {}; its events are lost with this service", path_, why));
    return false;
  }
  size_bytes_ = sizeOf(descriptor_);
  return true;
}

void EventFile::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

std::vector<EventFile::Recorded> EventFile::read() {
  LineReader reader;
  if (const int older = openPrivate(path_ + ".1", O_RDONLY); older >= 0) {
    reader.take(endOf(older, sizeOf(older), fileSize_bytes_));
    ::close(older);
  }
  if (open()) {
    const std::string content = endOf(descriptor_, size_bytes_, fileSize_bytes_);
    reader.take(content);
    const std::size_t torn_bytes = content.size() - (content.rfind('\n') + 1);
    if (torn_bytes > 0 && ::ftruncate(descriptor_, static_cast<off_t>(size_bytes_ - torn_bytes)) == 0)
      size_bytes_ -= torn_bytes;
  }
  if (reader.leftOut > 0)
    complain_(fmt::format("{}: {} {} no event with a rising number and left out, the first: {}", path_, reader.leftOut,
                          reader.leftOut == 1 ? "line is" : "lines are", reader.firstLeftOut));
  return std::move(reader.events);
}

void EventFile::makeRoom(std::size_t line_bytes) {
  if (size_bytes_ == 0 || size_bytes_ + line_bytes <= fileSize_bytes_) return;
  close();
  // If it cannot be moved away it begins anew: bounded comes before complete.
  if (::rename(path_.c_str(), (path_ + ".1").c_str()) != 0) ::unlink(path_.c_str());
}

void EventFile::append(const ClusterEvent& event, WallTime when) {
  const std::string line = toLine(event, when);
  if (!open()) return;
  makeRoom(line.size());
  if (!open()) return;
  const ssize_t written = ::write(descriptor_, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) {
    size_bytes_ += line.size();
    failing_ = false;
    return;
  }
  const char* why = written < 0 ? std::strerror(errno) : "the disk is full";
  if (!std::exchange(failing_, true))
    complain_(fmt::format("{} cannot be written: {}; events are lost until it can", path_, why));
  // What is there of the line must not spoil the next one.
  if (::ftruncate(descriptor_, static_cast<off_t>(size_bytes_)) != 0) close();
}

}  // namespace holdfast::clussvc::log
