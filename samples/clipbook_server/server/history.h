// The clipboard's memory: pages of numbered clips, kept in one file.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace clipbook {

/// Limits, with their reasons. Together they bound memory and disk to about kPages * kClipsPerPage * kClipBytes = 6 MB.
constexpr std::size_t kPages = 16;          // one for people, one for health checks, a few to play with
constexpr std::size_t kClipsPerPage = 100;  // what LIST prints
constexpr std::size_t kClipBytes = 4000;    // a line of the protocol with its command stays below 4096
constexpr std::size_t kDeadRecords = 1000;  // forgotten clips that the file may carry before it is written anew
constexpr std::size_t kPageNameBytes = 32;

struct Clip {
  std::uint64_t number;
  std::string text;
};

/// Keeps the newest kClipsPerPage clips of each page. A clip that put() has accepted is on the disk: it survives
/// kill -9 and a power cut. Two programs never use one directory at the same time.
class History {
 public:
  History() = default;
  ~History();
  History(History const&) = delete;
  History& operator=(History const&) = delete;

  /// Locks the directory (made if its parent exists) and reads the file; a damaged record is
  /// passed over, a torn one at the end is cut off.
  /// On failure `problem` says what and the object is unusable.
  bool open(std::string const& directory, std::string& problem);

  /// Requires: text without control characters, at most kClipBytes; a valid page name. Returns the clip's number, or 0
  /// with `problem`; then nothing has changed, neither in memory nor in the file.
  std::uint64_t put(std::string const& page, std::string const& text, std::string& problem);

  /// The clips of a page, oldest first; nullptr if there are none.
  std::deque<Clip> const* clips(std::string const& page) const;

  static bool isPageName(std::string const& name);

 private:
  bool load(std::string& problem);
  bool append(std::string const& record, std::string& problem);
  bool rewrite(std::string& problem);
  void remember(std::string const& page, Clip clip);

  std::string directory_;
  int lock_ = -1;
  int file_ = -1;
  std::int64_t fileBytes_ = 0;
  std::size_t recordsInFile_ = 0;
  std::size_t clipsInMemory_ = 0;
  std::uint64_t lastNumber_ = 0;
  std::map<std::string, std::deque<Clip>> pages_;
};

}  // namespace clipbook
