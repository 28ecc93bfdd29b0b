// How commands show their results: as text for people, or as one JSON document for programs (--json). A command builds
// tables and records once; both forms come from the same cells.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace holdfast::cli {

using Cell = std::variant<std::string, std::int64_t, bool, std::vector<std::string>>;

/// `keys` name the columns in JSON (snake_case), `titles` on the screen.
struct Table {
  std::vector<std::string> keys;
  std::vector<std::string> titles;
  std::vector<std::vector<Cell>> rows;
};

/// One object: (key, value) in order.
using Record = std::vector<std::pair<std::string, Cell>>;

struct Failure;

class Output {
 public:
  enum class Form { Text, Json };

  /// `terminal`: progress may be drawn over, colours may be used.
  Output(Form form, std::ostream& out, std::ostream& err, bool terminal);

  bool json() const { return form_ == Form::Json; }
  bool terminal() const { return terminal_; }

  /// Text: aligned columns below `heading` (nothing at all for no rows and no heading). JSON: member `key`, an array.
  void table(std::string_view key, const Table& table, std::string_view heading = {});
  /// Text: `name  value` lines. JSON: member `key`, an object; with an empty key the members themselves.
  void record(std::string_view key, const Record& record, std::string_view heading = {});
  /// Text only: one line.
  void line(std::string_view text);
  /// JSON only: one member of the document.
  void member(std::string_view key, const Cell& value);
  /// What is going on while a command waits: one line that is drawn over on a terminal, a line each elsewhere; stderr.
  void progress(std::string_view text);
  /// A line of a stream (events --follow): text, or one JSON object a line.
  void streamed(std::string_view text, const Record& record);
  /// The failure that ends the command: stderr, or member "error".
  void failure(const Failure& failure);
  /// Writes the JSON document. Call once, last.
  void finish();

  enum class Colour { None, Good, Bad, Busy };
  std::string coloured(Colour colour, std::string_view text) const;

 private:
  void endProgress();

  Form form_;
  std::ostream& out_;
  std::ostream& err_;
  bool terminal_;
  bool progressShown_ = false;
  std::string lastProgress_;
  std::vector<std::pair<std::string, std::string>> members_;  ///< key, serialized value
};

std::string toText(const Cell& cell);

}  // namespace holdfast::cli
