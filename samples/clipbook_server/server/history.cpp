// The file is a list of lines `checksum number page text`. A clip is one write() at the end of the file, followed by
// fdatasync(): after a crash the last line is whole or it is not there, and the checksum tells. To forget old clips
// the file is written anew beside the old one and renamed over it, which is atomic too.
#include "history.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace clipbook {
namespace {

std::uint32_t checksum(std::string const& text) {  // FNV-1a: finds torn lines, that is all it is for
  std::uint32_t sum = 2166136261U;
  for (unsigned char byte : text) {
    sum = (sum ^ byte) * 16777619U;
  }
  return sum;
}

std::string makeRecord(std::string const& page, Clip const& clip) {
  std::string const body = std::to_string(clip.number) + ' ' + page + ' ' + clip.text;
  char sum[16];
  std::snprintf(sum, sizeof sum, "%08x ", checksum(body));
  return sum + body + '\n';
}

/// Takes a line (without its end) apart; false if it is not a record that makeRecord wrote.
bool parseRecord(std::string const& line, std::string& page, Clip& clip) {
  if (line.size() < 9 || line[8] != ' ') {
    return false;
  }
  std::string const body = line.substr(9);
  char* end = nullptr;
  unsigned long const sum = std::strtoul(line.c_str(), &end, 16);
  if (end != line.c_str() + 8 || sum != checksum(body)) {
    return false;
  }
  clip.number = std::strtoull(body.c_str(), &end, 10);
  std::size_t const pageAt = static_cast<std::size_t>(end - body.c_str()) + 1;
  std::size_t const textAt = body.find(' ', pageAt);
  if (clip.number == 0 || *end != ' ' || textAt == std::string::npos) {
    return false;
  }
  page = body.substr(pageAt, textAt - pageAt);
  clip.text = body.substr(textAt + 1);
  return History::isPageName(page);
}

std::string reason(char const* what) { return std::string(what) + ": " + std::strerror(errno); }

bool writeAll(int file, std::string const& data) {
  std::size_t done = 0;
  while (done < data.size()) {
    ssize_t const n = ::write(file, data.data() + done, data.size() - done);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      return false;
    }
    done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

History::~History() {
  for (int descriptor : {file_, lock_}) {
    if (descriptor >= 0) {
      ::close(descriptor);
    }
  }
}

bool History::isPageName(std::string const& name) {
  return !name.empty() && name.size() <= kPageNameBytes &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

bool History::open(std::string const& directory, std::string& problem) {
  directory_ = directory;
  if (::mkdir(directory.c_str(), 0750) != 0 && errno != EEXIST) {
    problem = reason(directory.c_str());
    return false;
  }
  lock_ = ::open((directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (lock_ < 0 || ::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    problem = errno == EWOULDBLOCK ? directory + " is used by another clipbook-server" : reason("lock");
    return false;
  }
  file_ = ::open((directory + "/clips").c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
  if (file_ < 0) {
    problem = reason("clips");
    return false;
  }
  return load(problem);
}

bool History::load(std::string& problem) {
  std::string data;
  char block[65536];
  ssize_t n = 0;
  while ((n = ::read(file_, block, sizeof block)) > 0) {
    data.append(block, static_cast<std::size_t>(n));
  }
  if (n < 0) {
    problem = reason("reading clips");
    return false;
  }
  std::size_t good = 0;
  for (std::size_t end = 0; (end = data.find('\n', good)) != std::string::npos; good = end + 1) {
    std::string page;
    Clip clip{};
    ++recordsInFile_;
    if (parseRecord(data.substr(good, end - good), page, clip)) {  // a damaged one goes with the next rewrite
      remember(page, std::move(clip));
    }
  }
  if (good != data.size() && ::ftruncate(file_, static_cast<off_t>(good)) != 0) {
    problem = reason("cutting off a torn record");
    return false;
  }
  fileBytes_ = static_cast<std::int64_t>(good);
  return true;
}

void History::remember(std::string const& page, Clip clip) {
  lastNumber_ = std::max(lastNumber_, clip.number);
  std::deque<Clip>& clips = pages_[page];
  clips.push_back(std::move(clip));
  ++clipsInMemory_;
  if (clips.size() > kClipsPerPage) {
    clips.pop_front();
    --clipsInMemory_;
  }
}

std::uint64_t History::put(std::string const& page, std::string const& text, std::string& problem) {
  if (pages_.count(page) == 0 && pages_.size() >= kPages) {
    problem = "too many pages";
    return 0;
  }
  Clip clip{lastNumber_ + 1, text};
  if (!append(makeRecord(page, clip), problem)) {
    return 0;
  }
  ++recordsInFile_;
  remember(page, std::move(clip));
  if (recordsInFile_ > clipsInMemory_ + kDeadRecords && !rewrite(problem)) {
    std::fprintf(stderr, "clipbook-server: the file of clips grows on: %s\n", problem.c_str());
  }
  return lastNumber_;
}

bool History::append(std::string const& record, std::string& problem) {
  if (writeAll(file_, record) && ::fdatasync(file_) == 0) {
    fileBytes_ += static_cast<std::int64_t>(record.size());
    return true;
  }
  problem = reason("writing to the disk");
  // Half a record must not stay: the next one would be glued to it.
  if (::ftruncate(file_, static_cast<off_t>(fileBytes_)) != 0) {
    std::fprintf(stderr, "clipbook-server: cannot undo half a record: %s\n", std::strerror(errno));
    std::_Exit(5);  // the next start cuts it off
  }
  return false;
}

bool History::rewrite(std::string& problem) {
  std::string const name = directory_ + "/clips";
  std::string const fresh = directory_ + "/clips.new";
  std::string data;
  for (auto const& [page, clips] : pages_) {
    for (Clip const& clip : clips) {
      data += makeRecord(page, clip);
    }
  }
  int const file = ::open(fresh.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0640);
  if (file < 0 || !writeAll(file, data) || ::fsync(file) != 0 || ::rename(fresh.c_str(), name.c_str()) != 0) {
    problem = reason("clips.new");
    if (file >= 0) {
      ::close(file);
    }
    return false;
  }
  int const folder = ::open(directory_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);  // the new name is durable before the next clip relies on it
    ::close(folder);
  }
  ::close(file_);
  file_ = file;
  fileBytes_ = static_cast<std::int64_t>(data.size());
  recordsInFile_ = clipsInMemory_;
  return true;
}

std::deque<Clip> const* History::clips(std::string const& page) const {
  auto const found = pages_.find(page);
  return found == pages_.end() ? nullptr : &found->second;
}

}  // namespace clipbook
