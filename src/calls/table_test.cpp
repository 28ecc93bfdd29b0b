#include "calls/table.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace holdfast::calls {

TEST(CallTable, everyCallHasItsOwnNumber) {
  std::set<Call> seen;
  for (const CallInfo& info : callTable()) {
    EXPECT_NE(info.call, Call{}) << info.name;
    EXPECT_TRUE(seen.insert(info.call).second) << info.name << " repeats a number";
  }
}

TEST(CallTable, everyCallSaysWhichRightItNeeds) {
  const auto* service = HelloRequest::descriptor()->file()->FindServiceByName("ClusterApi");
  for (int i = 0; i < service->method_count(); ++i) {
    EXPECT_TRUE(service->method(i)->options().HasExtension(right)) << service->method(i)->name();
  }
  EXPECT_EQ(static_cast<std::size_t>(service->method_count()), callTable().size());
}

TEST(CallTable, whatChangesSomethingNeedsFullAccess) {
  for (const CallInfo& info : callTable()) {
    if (info.kind == UPDATES) {
      EXPECT_EQ(info.right, RIGHT_ALL) << info.name;
    }
  }
}

TEST(CallTable, aRightIsCheckedOnTheFirstFieldSoItIsAHandle) {
  for (const CallInfo& info : callTable()) {
    if (info.right == RIGHT_NONE) continue;
    const auto* field = info.request->FindFieldByNumber(1);
    ASSERT_NE(field, nullptr) << info.name;
    EXPECT_EQ(field->type(), google::protobuf::FieldDescriptor::TYPE_UINT64) << info.name;
  }
}

TEST(CallTable, numbersInTheEnumerationAreThoseOfTheDescription) {
  const std::map<std::string, Call> numbers = {
      {"Hello", Call::Hello},
      {"Open", Call::Open},
      {"Close", Call::Close},
      {"ClusterInformation", Call::ClusterInformation},
      {"Enumerate", Call::Enumerate},
      {"EnumeratePage", Call::EnumeratePage},
      {"GetState", Call::GetState},
      {"Cancel", Call::Cancel},
      {"CreateGroup", Call::CreateGroup},
      {"DeleteGroup", Call::DeleteGroup},
      {"RenameGroup", Call::RenameGroup},
      {"CreateResource", Call::CreateResource},
      {"DeleteResource", Call::DeleteResource},
      {"RenameResource", Call::RenameResource},
      {"CreateResourceType", Call::CreateResourceType},
      {"DeleteResourceType", Call::DeleteResourceType},
      {"AddDependency", Call::AddDependency},
      {"RemoveDependency", Call::RemoveDependency},
      {"DependencyExpression", Call::DependencyExpression},
      {"CanDepend", Call::CanDepend},
      {"OnlineResource", Call::OnlineResource},
      {"OfflineResource", Call::OfflineResource},
      {"OnlineGroup", Call::OnlineGroup},
      {"OfflineGroup", Call::OfflineGroup},
      {"FailResource", Call::FailResource},
      {"Control", Call::Control},
      {"OpenKey", Call::OpenKey},
      {"QueryValue", Call::QueryValue},
      {"EnumKey", Call::EnumKey},
      {"EnumValue", Call::EnumValue},
      {"KeyInfo", Call::KeyInfo},
      {"Batch", Call::Batch},
      {"DeleteKey", Call::DeleteKey},
      {"CreatePort", Call::CreatePort},
      {"AddFilter", Call::AddFilter},
      {"Acknowledge", Call::Acknowledge},
      {"Events", Call::Events},
      {"Explain", Call::Explain},
      {"Log", Call::Log},
  };
  EXPECT_EQ(numbers.size(), callTable().size());
  for (const CallInfo& info : callTable()) {
    ASSERT_TRUE(numbers.contains(info.name)) << info.name;
    EXPECT_EQ(numbers.at(info.name), info.call) << info.name;
    EXPECT_EQ(onlyReads(info.call), info.kind == READS) << info.name;
  }
}

TEST(CallTable, isSearchedByNumber) {
  ASSERT_NE(findCall(60), nullptr);
  EXPECT_EQ(findCall(60)->name, "OpenKey");
  EXPECT_EQ(findCall(60)->request, OpenKeyRequest::descriptor());
  EXPECT_EQ(findCall(0), nullptr);
  EXPECT_EQ(findCall(19), nullptr);
  EXPECT_EQ(findCall(4'000'000'000u), nullptr);
}

}  // namespace holdfast::calls
