#include "calls/error_text.h"

#include <algorithm>
#include <iterator>

#include "calls/error_names.h"

namespace holdfast::calls {

std::string_view errorName(std::uint32_t code) {
  const auto* found = std::ranges::lower_bound(kErrorNames, code, {}, &ErrorName::code);
  return found != std::end(kErrorNames) && found->code == code ? found->name : std::string_view{};
}

std::string formatError(std::uint32_t code, std::string_view subject, std::string_view advice) {
  const std::string_view name = errorName(code);
  std::string text =
      name.empty() ? "error " + std::to_string(code) : std::string(name) + " (" + std::to_string(code) + ")";
  if (!subject.empty()) text.append(": ").append(subject);
  if (!advice.empty()) text.append(subject.empty() ? ": " : "; ").append(advice);
  return text;
}

}  // namespace holdfast::calls
