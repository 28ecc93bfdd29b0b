// The table of calls: what session.proto says of each, read once from its descriptors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "calls/numbers.h"
#include "calls/session.pb.h"

namespace holdfast::calls {

struct CallInfo {
  Call call{};
  std::string name;  ///< as in session.proto: "OpenKey"
  Right right = RIGHT_NONE;
  Kind kind = READS;
  From from = ANYWHERE;
  const google::protobuf::Descriptor* request = nullptr;
  const google::protobuf::Descriptor* answer = nullptr;
};

/// All calls, sorted by number.
const std::vector<CallInfo>& callTable();

/// nullptr for a number that no call has.
const CallInfo* findCall(std::uint32_t callNumber);

}  // namespace holdfast::calls
