// The numbers of the calls as an enumeration, for those who switch over them or make them without protobuf's
// descriptors. table_test.cpp holds it against session.proto, both ways.
#pragma once

#include <cstdint>

namespace holdfast::calls {

enum class Call : std::uint32_t {
  Hello = 1,
  Open = 2,
  Close = 3,
  ClusterInformation = 4,
  Enumerate = 5,
  EnumeratePage = 6,
  GetState = 7,
  Cancel = 8,
  CreateGroup = 20,
  DeleteGroup = 21,
  RenameGroup = 22,
  CreateResource = 23,
  DeleteResource = 24,
  RenameResource = 25,
  CreateResourceType = 26,
  DeleteResourceType = 27,
  AddDependency = 28,
  RemoveDependency = 29,
  DependencyExpression = 30,
  CanDepend = 31,
  OnlineResource = 40,
  OfflineResource = 41,
  OnlineGroup = 42,
  OfflineGroup = 43,
  FailResource = 44,
  Control = 50,
  OpenKey = 60,
  QueryValue = 61,
  EnumKey = 62,
  EnumValue = 63,
  KeyInfo = 64,
  Batch = 65,
  DeleteKey = 66,
  CreatePort = 80,
  AddFilter = 81,
  Acknowledge = 82,
  Events = 90,
  Explain = 91,
  Log = 92,
};

/// The call changes nothing: it may be made again when its answer was lost.
constexpr bool onlyReads(Call call) {
  const auto callNumber = static_cast<std::uint32_t>(call);
  const bool configures =
      callNumber >= 20 && callNumber < 50 && call != Call::DependencyExpression && call != Call::CanDepend;
  return !configures && call != Call::Control && call != Call::Batch && call != Call::DeleteKey;
}

}  // namespace holdfast::calls
