#include "cli/output.h"

#include <boost/json.hpp>
#include <boost/json/src.hpp>
#include <ostream>

#include "cli/failure.h"

namespace holdfast::cli {
namespace {

boost::json::value toJson(const Cell& cell) {
  return std::visit(
      [](const auto& value) -> boost::json::value {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::vector<std::string>>) {
          boost::json::array array;
          for (const auto& text : value) array.emplace_back(text);
          return array;
        } else {
          return boost::json::value(value);
        }
      },
      cell);
}

boost::json::object toJson(const Record& record) {
  boost::json::object object;
  for (const auto& [key, value] : record) object[key] = toJson(value);
  return object;
}

/// Columns of text on the screen: code points, not bytes (names may be in any language).
std::size_t width(std::string_view text) {
  std::size_t count = 0;
  bool escape = false;
  for (unsigned char c : text) {
    if (c == 0x1B) escape = true;
    if (!escape && (c & 0xC0) != 0x80) ++count;
    if (escape && c == 'm') escape = false;
  }
  return count;
}

void pad(std::ostream& out, std::string_view text, std::size_t columns) {
  out << text;
  for (std::size_t i = width(text); i < columns; ++i) out << ' ';
}

}  // namespace

std::string toText(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&cell)) return *flag ? "yes" : "no";
  std::string joined;
  for (const auto& text : std::get<std::vector<std::string>>(cell)) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

Output::Output(Form form, std::ostream& out, std::ostream& err, bool terminal)
    : form_(form), out_(out), err_(err), terminal_(terminal) {}

void Output::table(std::string_view key, const Table& table, std::string_view heading) {
  if (json()) {
    boost::json::array array;
    for (const auto& row : table.rows) {
      boost::json::object object;
      for (std::size_t i = 0; i < row.size(); ++i) object[table.keys[i]] = toJson(row[i]);
      array.push_back(std::move(object));
    }
    members_.emplace_back(key, boost::json::serialize(array));
    return;
  }
  endProgress();
  if (!heading.empty()) out_ << heading << '\n';
  if (table.rows.empty()) return;
  std::vector<std::size_t> widths;
  for (const auto& title : table.titles) widths.push_back(width(title));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(toText(row[i])));
  }
  const auto print = [&](const auto& cellText) {
    out_ << "  ";
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool last = i + 1 == widths.size();
      pad(out_, cellText(i), last ? 0 : widths[i] + 2);
    }
    out_ << '\n';
  };
  print([&](std::size_t i) { return table.titles[i]; });
  for (const auto& row : table.rows) print([&](std::size_t i) { return toText(row[i]); });
}

void Output::record(std::string_view key, const Record& record, std::string_view heading) {
  if (json()) {
    if (key.empty()) {
      for (const auto& [name, value] : record) member(name, value);
    } else {
      members_.emplace_back(key, boost::json::serialize(toJson(record)));
    }
    return;
  }
  endProgress();
  if (!heading.empty()) out_ << heading << '\n';
  std::size_t widest = 0;
  for (const auto& [name, value] : record) widest = std::max(widest, width(name));
  for (const auto& [name, value] : record) {
    out_ << "  ";
    pad(out_, name, widest + 2);
    out_ << toText(value) << '\n';
  }
}

void Output::line(std::string_view text) {
  if (json()) return;
  endProgress();
  out_ << text << '\n';
}

void Output::member(std::string_view key, const Cell& value) {
  if (json()) members_.emplace_back(key, boost::json::serialize(toJson(value)));
}

void Output::progress(std::string_view text) {
  if (json() || text == lastProgress_) return;
  lastProgress_ = text;
  if (terminal_) {
    err_ << "\r\x1B[K" << text << std::flush;
    progressShown_ = true;
  } else {
    err_ << text << '\n';
  }
}

void Output::endProgress() {
  if (!progressShown_) return;
  err_ << "\r\x1B[K" << std::flush;
  progressShown_ = false;
}

void Output::streamed(std::string_view text, const Record& record) {
  if (json()) {
    out_ << boost::json::serialize(toJson(record)) << std::endl;
  } else {
    endProgress();
    out_ << text << std::endl;
  }
}

void Output::failure(const Failure& failure) {
  if (json()) {
    boost::json::object object;
    object["code"] = failure.code;
    object["exit"] = failure.exitCode;
    object["message"] = failure.text;
    members_.emplace_back("error", boost::json::serialize(object));
    return;
  }
  endProgress();
  err_ << "cluster: " << failure.text << '\n';
}

void Output::finish() {
  endProgress();
  if (!json() || members_.empty()) return;
  out_ << "{";
  for (std::size_t i = 0; i < members_.size(); ++i) {
    out_ << (i == 0 ? "" : ",") << boost::json::serialize(boost::json::string(members_[i].first)) << ":"
         << members_[i].second;
  }
  out_ << "}\n";
}

std::string Output::coloured(Colour colour, std::string_view text) const {
  if (!terminal_ || json() || colour == Colour::None) return std::string(text);
  const char* code = colour == Colour::Good ? "32" : colour == Colour::Bad ? "31;1" : "33";
  return "\x1B[" + std::string(code) + "m" + std::string(text) + "\x1B[0m";
}

}  // namespace holdfast::cli
