#include <clusapi.h>

#include <cstring>

#include "cluster_fixture.h"

namespace holdfast::conformance {

using clussvc::doors::FakeService;

namespace {

class CL_51 : public ClusterTest {};
class CL_53 : public ClusterTest {};
class CL_55 : public ClusterTest {};
class CL_63 : public ClusterTest {};
class CC_19 : public ClusterTest {};
class CC_20 : public ClusterTest {};
class CC_21 : public ClusterTest {};
class CC_22 : public ClusterTest {};
class CC_25 : public ClusterTest {};
class CC_27 : public ClusterTest {};
class CC_28 : public ClusterTest {};
class CC_31 : public ClusterTest {};
class CC_39 : public ClusterTest {};
class CC_40 : public ClusterTest {};
class CC_59 : public ClusterTest {};

constexpr DWORD kUserCode = 0x01800004;  // CLUSCTL_USER_CODE(1, CLUS_OBJECT_RESOURCE)

std::size_t controlsAsked(ServiceProcess& service) {
  return service.ask<std::size_t>([](FakeService& fake) {
    return static_cast<std::size_t>(std::ranges::count_if(
        fake.submitted, [](const auto& each) { return std::holds_alternative<Control>(each.operation); }));
  });
}

struct Handles {
  explicit Handles(DWORD access = GENERIC_ALL)
      : cluster(OpenCluster(nullptr)),
        resource(OpenClusterResourceEx(cluster, L"Site", access, nullptr)),
        group(OpenClusterGroupEx(cluster, L"Web", access, nullptr)),
        owner(OpenClusterNode(cluster, L"north")),
        other(OpenClusterNode(cluster, L"south")) {}
  ~Handles() {
    CloseClusterNode(owner);
    CloseClusterNode(other);
    CloseClusterGroup(group);
    CloseClusterResource(resource);
    CloseCluster(cluster);
  }
  HCLUSTER cluster;
  HRESOURCE resource;
  HGROUP group;
  HNODE owner, other;
};

}  // namespace

TEST_F(CC_27, RepeatingWithTheSizeToldReturnsTheBytes) {
  Handles handles;
  char input[] = "twelve bytes";
  char output[16] = {};
  DWORD returned = 0;
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, kUserCode, input, 12, output, 1, &returned),
            DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(returned, 12u);
  EXPECT_EQ(output[0], 0) << "nothing is written";
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, kUserCode, input, 12, output, returned, &returned),
            DWORD{ERROR_SUCCESS});
  EXPECT_EQ(returned, 12u);
  EXPECT_EQ(std::memcmp(output, input, 12), 0);
}

TEST_F(CC_28, BytesReturnedMayBeNull) {
  Handles handles;
  char output[4];
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, CLUSCTL_RESOURCE_GET_CHARACTERISTICS, nullptr, 0, output,
                                   sizeof output, nullptr),
            DWORD{ERROR_SUCCESS});
}

TEST_F(CC_59, AUserCodeReachesTheServiceWithAllItsBits) {
  Handles handles;
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, kUserCode, nullptr, 0, nullptr, 0, nullptr),
            DWORD{ERROR_SUCCESS});
  EXPECT_EQ(
      service.ask<DWORD>([](FakeService& fake) { return std::get<Control>(fake.submitted.back().operation).code; }),
      kUserCode);
}

TEST_F(CC_19, AReadHandleMayNotUseCodesThatModify) {
  Handles handles(GENERIC_READ);
  char list[4] = {};
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES, nullptr, 0,
                                   nullptr, 0, nullptr),
            DWORD{ERROR_SUCCESS});
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES, list, 4, nullptr,
                                   0, nullptr),
            DWORD{ERROR_ACCESS_DENIED});
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, kUserCode, nullptr, 0, nullptr, 0, nullptr),
            DWORD{ERROR_SUCCESS})
      << "of a user code bit 22 counts only";
}

TEST_F(CL_53, SetCommonPropertiesOfAGroupWithAReadersHandleIsDenied) {
  EXPECT_EQ(DWORD{CLUSCTL_GROUP_SET_COMMON_PROPERTIES}, 0x0340005Eu);
  Handles handles(GENERIC_READ);
  char list[4] = {};
  EXPECT_EQ(
      ClusterGroupControl(handles.group, nullptr, CLUSCTL_GROUP_SET_COMMON_PROPERTIES, list, 4, nullptr, 0, nullptr),
      DWORD{ERROR_ACCESS_DENIED});
}

TEST_F(CC_20, AModifyingCodeNeedsFullAccessOnTheHostToo) {
  Handles handles;
  HNODE reader = OpenClusterNodeEx(handles.cluster, L"north", GENERIC_READ, nullptr);
  char list[4] = {};
  EXPECT_EQ(ClusterResourceControl(handles.resource, reader, CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES, list, 4, nullptr,
                                   0, nullptr),
            DWORD{ERROR_ACCESS_DENIED});
  EXPECT_EQ(ClusterResourceControl(handles.resource, handles.owner, CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES, list, 4,
                                   nullptr, 0, nullptr),
            DWORD{ERROR_MORE_DATA})
      << "served";
  CloseClusterNode(reader);
}

TEST_F(CL_63, AHostThatDoesNotOwnTheResourceIsRefused) {
  Handles handles;
  EXPECT_EQ(ClusterResourceControl(handles.resource, handles.other, CLUSCTL_RESOURCE_GET_CHARACTERISTICS, nullptr, 0,
                                   nullptr, 0, nullptr),
            DWORD{ERROR_HOST_NODE_NOT_RESOURCE_OWNER});
  EXPECT_EQ(controlsAsked(service), 0u);
}

TEST_F(CC_21, InternalCodesAreForTheServiceOnly) {
  Handles handles;
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, CLUSCTL_RESOURCE_DELETE, nullptr, 0, nullptr, 0, nullptr),
            DWORD{ERROR_INVALID_FUNCTION});
  EXPECT_EQ(controlsAsked(service), 0u);
}

TEST_F(CL_51, ACodeWithTheInternalBitIsRefusedWithInvalidFunction) {
  Handles handles;
  EXPECT_EQ(ClusterGroupControl(handles.group, nullptr, 0x03100006, nullptr, 0, nullptr, 0, nullptr),
            DWORD{ERROR_INVALID_FUNCTION});
}

TEST_F(CC_22, ACodeOfAnotherKindOfObjectIsRefused) {
  Handles handles;
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, CLUSCTL_GROUP_GET_COMMON_PROPERTIES, nullptr, 0, nullptr,
                                   0, nullptr),
            DWORD{ERROR_INVALID_FUNCTION});
  EXPECT_EQ(controlsAsked(service), 0u);
}

TEST_F(CC_25, AnUnknownTypeNameIsRefused) {
  Handles handles;
  EXPECT_EQ(ClusterResourceTypeControl(handles.cluster, L"None", nullptr, CLUSCTL_RESOURCE_TYPE_GET_CHARACTERISTICS,
                                       nullptr, 0, nullptr, 0, nullptr),
            DWORD{ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND});
  EXPECT_EQ(ClusterResourceTypeControl(handles.cluster, L"clipbook server", nullptr,
                                       CLUSCTL_RESOURCE_TYPE_GET_CHARACTERISTICS, nullptr, 0, nullptr, 0, nullptr),
            DWORD{ERROR_SUCCESS});
}

TEST_F(CC_31, AMissingPropertyListIsABadStub) {
  Handles handles;
  for (const DWORD code :
       {DWORD{CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES}, DWORD{CLUSCTL_RESOURCE_VALIDATE_PRIVATE_PROPERTIES}}) {
    for (const DWORD size : {0u, 4u}) {
      EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, code, nullptr, size, nullptr, 0, nullptr),
                DWORD{RPC_X_BAD_STUB_DATA});
    }
  }
  EXPECT_EQ(controlsAsked(service), 0u);
}

TEST_F(CL_55, SetWithNullInputGives1783WhateverTheSizeSays) {
  Handles handles;
  EXPECT_EQ(ClusterGroupControl(handles.group, nullptr, CLUSCTL_GROUP_SET_PRIVATE_PROPERTIES, nullptr, 0, nullptr, 0,
                                nullptr),
            DWORD{RPC_X_BAD_STUB_DATA});
}

TEST_F(CC_39, SuccessWithMoreBytesThanRoomArrivesAsMoreData) {
  Handles handles;
  service.onLoop([](FakeService& fake) {
    fake.script = [](const Operation& operation) -> std::optional<Answer> {
      if (!std::holds_alternative<Control>(operation)) return std::nullopt;
      Answer answer;
      answer.status.code = 234;
      answer.bytesReturned = 100;
      return answer;
    };
  });
  char output[10];
  DWORD returned = 0;
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, kUserCode, nullptr, 0, output, 10, &returned),
            DWORD{ERROR_MORE_DATA});
  EXPECT_EQ(returned, 100u);
}

TEST_F(CC_40, SuccessWithASizeAndNoBufferReachesTheCallerUnchanged) {
  Handles handles;
  service.onLoop([](FakeService& fake) {
    fake.script = [](const Operation& operation) -> std::optional<Answer> {
      if (!std::holds_alternative<Control>(operation)) return std::nullopt;
      Answer answer;
      answer.bytesReturned = 100;
      return answer;
    };
  });
  DWORD returned = 0;
  EXPECT_EQ(ClusterResourceControl(handles.resource, nullptr, kUserCode, nullptr, 0, nullptr, 0, &returned),
            DWORD{ERROR_SUCCESS});
  EXPECT_EQ(returned, 100u);
}

}  // namespace holdfast::conformance
