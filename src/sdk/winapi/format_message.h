// FormatMessage's inserts: for FormatMessageW and for LogEvent (RA §6.4).
#pragma once

#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace holdfast::winapi {

struct MessageOptions {
  std::size_t limit = 65536;  ///< characters; what is longer is cut there
  bool ignoreInserts = false;
  std::wstring_view lineBreak = L"\n";  ///< what %n becomes
};

struct Message {
  std::wstring text;
  bool ended = false;  ///< by %0: no line break is to follow
  bool cut = false;    ///< at the limit
};

/// Formats with arguments of a variadic call. P-34: only arguments up to the highest insert named are fetched, each
/// once, in ascending order; they are integers and pointers. Malformed inserts are copied literally; nothing that the
/// text holds leads to a crash. `*` as width or precision takes the insert's own argument, what follows takes the next.
/// `arguments` is left where fetching ended.
Message formatMessage(std::wstring_view format, va_list* arguments, const MessageOptions& options = {});

/// The same with an array, of which only the arguments named are read.
Message formatMessage(std::wstring_view format, const std::uint64_t* arguments, const MessageOptions& options = {});

}  // namespace holdfast::winapi
