#include "clussvc/monitors/record.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "clussvc/error_codes.h"

namespace holdfast::clussvc::monitors {
namespace {

std::string textOf(const MonitorRecord& record) {
  std::ostringstream out;
  // The name comes last: it may hold anything but a line end, which no name of an object has.
  out << "monitor " << record.monitor << "\ntoken " << record.token << "\nguard " << record.guard.pid << ' '
      << record.guard.startTime << "\nrhs " << record.rhs.pid << ' ' << record.rhs.startTime << "\nname " << record.name
      << "\nend\n";
  return out.str();
}

std::optional<MonitorRecord> parse(std::istream& in) {
  MonitorRecord record;
  std::string word, end;
  if (!(in >> word >> record.monitor) || word != "monitor") return std::nullopt;
  if (!(in >> word >> record.token) || word != "token") return std::nullopt;
  if (!(in >> word >> record.guard.pid >> record.guard.startTime) || word != "guard") return std::nullopt;
  if (!(in >> word >> record.rhs.pid >> record.rhs.startTime) || word != "rhs") return std::nullopt;
  if (!(in >> word) || word != "name" || in.get() != ' ' || !std::getline(in, record.name)) return std::nullopt;
  if (!std::getline(in, end) || end != "end") return std::nullopt;
  return record;
}

Error systemError(const std::string& path) {
  return {code::kAccessDenied, path + ": " + std::error_code(errno, std::generic_category()).message(),
          "let the user of clussvc write the run folder"};
}

}  // namespace

Records::Records(std::string folder) : folder_(std::move(folder)) { ::mkdir(folder_.c_str(), 0700); }

std::string Records::fileOf(monitor::MonitorId monitor) const { return folder_ + "/" + std::to_string(monitor); }

Result<void> Records::write(const MonitorRecord& record) const {
  const std::string unfinished = fileOf(record.monitor) + ".new";
  const int descriptor = ::open(unfinished.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (descriptor < 0) return std::unexpected(systemError(unfinished));
  MonitorRecord oneLine = record;
  std::ranges::replace(oneLine.name, '\n', ' ');
  const std::string text = textOf(oneLine);
  const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (!written) {
    const Error error = systemError(unfinished);
    ::close(descriptor);
    return std::unexpected(error);
  }
  ::close(descriptor);
  // Not synced: the folder need not survive the machine, whose end is the monitors' end.
  if (::rename(unfinished.c_str(), fileOf(record.monitor).c_str()) != 0)
    return std::unexpected(systemError(unfinished));
  return {};
}

void Records::remove(monitor::MonitorId monitor) const { ::unlink(fileOf(monitor).c_str()); }

std::vector<MonitorRecord> Records::load(std::vector<std::string>& unreadable) const {
  std::vector<MonitorRecord> records;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder_, error)) {
    const std::string name = file.path().filename();
    monitor::MonitorId number = 0;
    const auto [end, wrong] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool isRecord = wrong == std::errc() && end == name.data() + name.size();
    std::ifstream in(file.path());
    auto record = isRecord ? parse(in) : std::nullopt;
    if (record && record->monitor == number) {
      records.push_back(std::move(*record));
    } else {
      if (isRecord) unreadable.push_back(name);
      std::filesystem::remove(file.path(), error);
    }
  }
  std::ranges::sort(records, {}, &MonitorRecord::monitor);
  return records;
}

}  // namespace holdfast::clussvc::monitors
