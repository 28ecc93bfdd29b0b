#include "sdk/winapi/message_table.h"

#include <algorithm>
#include <iterator>

namespace holdfast::winapi {
namespace {

struct Entry {
  std::uint32_t code;
  std::string_view sentence;
};

// Sorted by code.
constexpr Entry kSentences[] = {
    {0, "The operation completed successfully."},
    {1, "The function is not supported here."},
    {2, "The file was not found."},
    {3, "The path was not found."},
    {4, "No more files can be opened."},
    {5, "Access is denied."},
    {6, "The handle is invalid."},
    {8, "There is not enough memory."},
    {13, "The data is invalid."},
    {14, "There is not enough memory to complete the operation."},
    {18, "There are no more files."},
    {21, "The device is not ready."},
    {31, "A part of the system does not function."},
    {32, "The file is in use by another process."},
    {50, "The request is not supported."},
    {53, "The network path was not found."},
    {80, "The file exists."},
    {87, "A parameter is incorrect."},
    {109, "The pipe has been ended."},
    {112, "There is not enough space on the disk."},
    {120, "This function is not implemented."},
    {121, "The time for the operation ran out."},
    {122, "The buffer is too small."},
    {123, "The name is incorrect."},
    {126, "The module was not found."},
    {127, "The procedure was not found."},
    {161, "The path is invalid."},
    {170, "The resource is in use."},
    {183, "The object exists already."},
    {193, "The file is no program for this system."},
    {206, "The name is too long."},
    {234, "More data is available."},
    {258, "The wait ended by its time."},
    {259, "No more data is available."},
    {267, "The name of the directory is invalid."},
    {288, "The caller does not own the mutex."},
    {298, "The semaphore cannot be released so often."},
    {317, "There is no text for this message number."},
    {995, "The operation was aborted."},
    {997, "The operation goes on in the background."},
    {1053, "The service did not answer in time."},
    {1056, "The service is running already."},
    {1058, "The service is disabled, or has nothing that could run it."},
    {1059, "The services depend on each other in a circle."},
    {1060, "There is no such service."},
    {1062, "The service has not been started."},
    {1066, "The service returned an error of its own."},
    {1067, "The process ended unexpectedly."},
    {1072, "The service is marked to be deleted."},
    {1113, "A character has no counterpart in the other character set."},
    {1131, "The call could lead to a deadlock."},
    {1168, "The element was not found."},
    {1223, "The operation was cancelled."},
    {1306, "The revisions do not match."},
    {1450, "The system lacks resources for the request."},
    {1460, "The operation did not end in time."},
    {1722, "The server is not available."},
    {1726, "The remote call failed."},
    {1783, "The data of the call is damaged."},
    {5001, "Other resources depend on this resource."},
    {5002, "A resource that is needed is not among the dependencies."},
    {5003, "The dependency exists already."},
    {5004, "The resource is not online."},
    {5005, "No node that could host it is available."},
    {5006, "The cluster resource is not available."},
    {5007, "The cluster resource was not found."},
    {5010, "The object exists already."},
    {5012, "The group is not available."},
    {5013, "The group was not found."},
    {5014, "The group is not online."},
    {5015, "This node does not own the resource."},
    {5016, "This node does not own the group."},
    {5017, "The resource could not be made in its monitor."},
    {5018, "The monitor could not bring the resource online."},
    {5019, "The resource is online."},
    {5022, "The cluster is shutting down."},
    {5023, "The state of the group or resource does not allow the operation."},
    {5024, "The properties are stored and take effect when the resource is brought online."},
    {5036, "The cluster node is not available."},
    {5038, "The cluster resource failed."},
    {5042, "The cluster node was not found."},
    {5048, "The request is not valid for this object."},
    {5050, "The cluster node is down."},
    {5070, "The cluster node is paused."},
    {5071, "The node cannot host the resource."},
    {5072, "The cluster node is not ready."},
    {5073, "The cluster node is shutting down."},
    {5078, "The type of resource was not found."},
    {5079, "A type of resource is not supported."},
    {5080, "The name of the resource type was not found."},
    {5084, "The monitor is not in a state for this operation."},
    {5089, "The property of the resource cannot be changed."},
    {5909, "The type of resource is in use."},
    {5910, "The resource did not answer the call in time."},
    {5925, "The cluster has no quorum."},
    {5930, "The resource's DLL raised an exception."},
    {5932, "The cluster software is not installed on this node."},
    {5942, "A provider of the resource failed."},
    {5943, "The configuration of the resource is damaged."},
};

}  // namespace

std::string_view messageOf(std::uint32_t code) {
  const auto* found = std::ranges::lower_bound(kSentences, code, {}, &Entry::code);
  return found != std::end(kSentences) && found->code == code ? found->sentence : std::string_view{};
}

}  // namespace holdfast::winapi
