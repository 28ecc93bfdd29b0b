// Control codes: input as it is, output by the size protocol (CC §4.1).
#include <clusapi.h>

#include <cstring>

#include "calls/frame.h"
#include "sdk/clusapi/remote.h"
#include "sdk/clusapi/text.h"

namespace {

using namespace holdfast::clusapi;

struct Buffers {
  const void* input;
  DWORD input_bytes;
  void* output;
  DWORD output_bytes;
  LPDWORD returned;
};

/// An envelope around the input fits beside it into a frame.
constexpr std::size_t kInput_bytes = holdfast::calls::kMaxFrame_bytes - 4'096;

Outcome checkBuffers(const Buffers& buffers) {
  if ((!buffers.input && buffers.input_bytes != 0) || (!buffers.output && buffers.output_bytes != 0)) {
    return {RPC_X_BAD_STUB_DATA, "a buffer is missing whose size was given", {}};
  }
  if (buffers.input_bytes > kInput_bytes) return {ERROR_INVALID_PARAMETER, "the input is too large", {}};
  return {};
}

DWORD control(Remote* object, const std::string& type, HNODE host, DWORD code, const Buffers& buffers,
              Outcome outcome) {
  if (!object) return finish(outcome);
  std::shared_ptr<Member> hostNode;
  if (host && !(hostNode = memberOf(host, Object::Kind::Node, outcome))) return finish(outcome);
  if (hostNode && hostNode->sharedChannel() != object->sharedChannel()) return finish(ERROR_INVALID_HANDLE);
  outcome = checkBuffers(buffers);
  if (!outcome.ok()) return finish(outcome);

  wire::ControlRequest request;
  request.set_code(code);
  request.set_resource_type(type);
  request.set_null_input(buffers.input == nullptr);
  if (buffers.input) request.set_input(buffers.input, buffers.input_bytes);
  request.set_output_capacity(buffers.output_bytes);
  const Fill fill = [&](std::uint64_t epoch) {
    std::uint64_t handle = 0, hostHandle = 0;
    Outcome filled = object->handleOn(epoch, handle);
    if (filled.ok() && hostNode) filled = hostNode->handleOn(epoch, hostHandle);
    request.set_handle(handle);
    request.set_host_node(hostHandle);
    return filled;
  };
  wire::ServerFrame frame;
  wire::ControlAnswer answer;
  constexpr DWORD kModify = 0x00400000;
  outcome = perform(object->channel(), Call::Control, request, fill, frame,
                    (code & kModify) == 0 ? Repeat::Always : Repeat::IfItReads);
  if (!answer.ParseFromString(frame.body())) return finish(RPC_X_BAD_STUB_DATA);
  if (buffers.returned) *buffers.returned = answer.bytes_returned();
  if (outcome.ok() && buffers.output && !answer.output().empty()) {
    if (answer.output().size() > buffers.output_bytes) return finish(ERROR_MORE_DATA);
    std::memcpy(buffers.output, answer.output().data(), answer.output().size());
  }
  return finish(outcome);
}

DWORD controlMember(void* handle, Object::Kind kind, HNODE host, DWORD code, const Buffers& buffers) {
  Outcome outcome;
  const auto member = memberOf(handle, kind, outcome);
  return control(member.get(), {}, host, code, buffers, outcome);
}

}  // namespace

DWORD WINAPI ClusterControl(HCLUSTER hCluster, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                            DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize, LPDWORD lpBytesReturned) {
  Outcome outcome;
  const auto cluster = clusterOf(hCluster, outcome);
  return control(cluster.get(), {}, hHostNode, dwControlCode,
                 {lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, lpBytesReturned}, outcome);
}

DWORD WINAPI ClusterNodeControl(HNODE hNode, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                                DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize,
                                LPDWORD lpBytesReturned) {
  return controlMember(hNode, Object::Kind::Node, hHostNode, dwControlCode,
                       {lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, lpBytesReturned});
}

DWORD WINAPI ClusterGroupControl(HGROUP hGroup, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                                 DWORD nInBufferSize, LPVOID lpOutBuffer, DWORD nOutBufferSize,
                                 LPDWORD lpBytesReturned) {
  return controlMember(hGroup, Object::Kind::Group, hHostNode, dwControlCode,
                       {lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, lpBytesReturned});
}

DWORD WINAPI ClusterResourceControl(HRESOURCE hResource, HNODE hHostNode, DWORD dwControlCode, LPVOID lpInBuffer,
                                    DWORD cbInBufferSize, LPVOID lpOutBuffer, DWORD cbOutBufferSize,
                                    LPDWORD lpBytesReturned) {
  return controlMember(hResource, Object::Kind::Resource, hHostNode, dwControlCode,
                       {lpInBuffer, cbInBufferSize, lpOutBuffer, cbOutBufferSize, lpBytesReturned});
}

DWORD WINAPI ClusterResourceTypeControl(HCLUSTER hCluster, LPCWSTR lpszResourceTypeName, HNODE hHostNode,
                                        DWORD dwControlCode, LPVOID lpInBuffer, DWORD nInBufferSize, LPVOID lpOutBuffer,
                                        DWORD nOutBufferSize, LPDWORD lpBytesReturned) {
  Outcome outcome;
  std::string type;
  const auto cluster = clusterOf(hCluster, outcome);
  if (!cluster || !takeText(lpszResourceTypeName, type, outcome)) return finish(outcome);
  if (type.empty()) return finish(ERROR_CLUSTER_RESOURCE_TYPE_NOT_FOUND);
  return control(cluster.get(), type, hHostNode, dwControlCode,
                 {lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, lpBytesReturned}, outcome);
}
