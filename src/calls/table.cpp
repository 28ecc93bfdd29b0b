#include "calls/table.h"

#include <algorithm>

namespace holdfast::calls {

namespace {

std::vector<CallInfo> makeTable() {
  // Naming a message makes the linker keep the generated file, and with it the descriptors.
  const auto* service = HelloRequest::descriptor()->file()->FindServiceByName("ClusterApi");
  std::vector<CallInfo> table;
  for (int i = 0; i < service->method_count(); ++i) {
    const auto* method = service->method(i);
    const auto& options = method->options();
    table.push_back({static_cast<Call>(options.GetExtension(number)), method->name(), options.GetExtension(right),
                     options.GetExtension(kind), options.GetExtension(from), method->input_type(),
                     method->output_type()});
  }
  std::ranges::sort(table, {}, &CallInfo::call);
  return table;
}

}  // namespace

const std::vector<CallInfo>& callTable() {
  static const std::vector<CallInfo> table = makeTable();
  return table;
}

const CallInfo* findCall(std::uint32_t callNumber) {
  const auto& table = callTable();
  const auto found = std::ranges::lower_bound(table, static_cast<Call>(callNumber), {}, &CallInfo::call);
  return found != table.end() && found->call == static_cast<Call>(callNumber) ? &*found : nullptr;
}

}  // namespace holdfast::calls
