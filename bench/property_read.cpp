// One read of a property: of a private one from a client and from inside a DLL, and of all common ones, which asks the
// DLL first; each against a bare round trip of frames of the same size.
#include "bench/figure.h"
#include "bench/nothing.h"
#include "bench/peers.h"
#include "bench/service.h"
#include "calls/numbers.h"
#include "calls/session.pb.h"

namespace {

using namespace holdfast;
using namespace holdfast::bench;

constexpr int kRuns = 5;
constexpr unsigned kReads = 5000;
constexpr DWORD kIsAlive_ms = 60'000;
const std::wstring kValue = L"/var/lib/service/data";

/// Frames that carry this request and this answer in a session.
Cost bareRoundTrip(calls::Call call, const google::protobuf::MessageLite& request,
                   const google::protobuf::MessageLite& answer) {
  calls::ClientFrame asked;
  asked.set_id(kReads);
  asked.set_call(static_cast<std::uint32_t>(call));
  asked.set_body(request.SerializeAsString());
  calls::ServerFrame answered;
  answered.set_id(kReads);
  answered.set_tag(kReads);
  answered.set_body(answer.SerializeAsString());
  return framedRoundTrip(asked.ByteSizeLong(), answered.ByteSizeLong());
}

Cost bareValueRoundTrip() {
  calls::QueryValueRequest request;
  request.set_key(1);
  request.set_name("Path");
  calls::RegistryValue answer;
  answer.set_name("Path");
  answer.set_type(CLUSPROP_FORMAT_SZ);
  answer.set_data(std::string((kValue.size() + 1) * sizeof(WCHAR), 'x'));
  return bareRoundTrip(calls::Call::QueryValue, request, answer);
}

Cost bareListRoundTrip(std::size_t list_bytes, DWORD capacity_bytes) {
  calls::ControlRequest request;
  request.set_handle(1);
  request.set_code(CLUSCTL_RESOURCE_GET_COMMON_PROPERTIES);
  request.set_output_capacity(capacity_bytes);
  calls::ControlAnswer answer;
  answer.set_output(std::string(list_bytes, 'x'));
  answer.set_bytes_returned(static_cast<std::uint32_t>(list_bytes));
  return bareRoundTrip(calls::Call::Control, request, answer);
}

HKEY writeProperty(HRESOURCE resource) {
  const HKEY key = GetClusterResourceKey(resource, KEY_ALL_ACCESS);
  HKEY parameters = nullptr;
  if (!key || ClusterRegCreateKey(key, L"Parameters", 0, KEY_ALL_ACCESS, nullptr, &parameters, nullptr) != 0)
    refused("cannot create the key of the parameters", GetLastError());
  ClusterRegCloseKey(key);
  const DWORD status =
      ClusterRegSetValue(parameters, kReadProperty, CLUSPROP_FORMAT_SZ, reinterpret_cast<const BYTE*>(kValue.c_str()),
                         static_cast<DWORD>((kValue.size() + 1) * sizeof(WCHAR)));
  if (status != ERROR_SUCCESS) refused("cannot set a property", status);
  return parameters;
}

void readValue(HKEY parameters) {
  WCHAR value[MAX_PATH];
  DWORD size_bytes = sizeof value;
  const LONG status =
      ClusterRegQueryValue(parameters, kReadProperty, nullptr, reinterpret_cast<LPBYTE>(value), &size_bytes);
  if (status != ERROR_SUCCESS) refused("cannot read a property", static_cast<DWORD>(status));
}

std::size_t readList(HRESOURCE resource, std::vector<BYTE>& list) {
  DWORD size_bytes = 0;
  const DWORD status = ClusterResourceControl(resource, nullptr, CLUSCTL_RESOURCE_GET_COMMON_PROPERTIES, nullptr, 0,
                                              list.data(), static_cast<DWORD>(list.size()), &size_bytes);
  if (status != ERROR_SUCCESS) refused("cannot read the common properties", status);
  return size_bytes;
}

template <class Read>
double perRead_us(Read&& read) {
  std::vector<double> runs;
  for (int run = 0; run < kRuns; ++run) {
    const double start = wallSeconds();
    for (unsigned i = 0; i < kReads; ++i) read();
    runs.push_back((wallSeconds() - start) * 1e6 / kReads);
  }
  return median(runs);
}

void run() {
  const Service service(kIsAlive_ms);
  const HGROUP group = service.createGroup(L"g", 1);
  const HRESOURCE resource = service.resource(L"g", 0);
  const HKEY parameters = writeProperty(resource);
  service.online(group);

  const Cost bareValue = bareValueRoundTrip();
  figure("property_read_by_client", perRead_us([&] { readValue(parameters); }), "us", "framed_round_trip",
         bareValue.wall_us);
  std::vector<double> runs;
  for (int i = 0; i < kRuns; ++i)
    runs.push_back(static_cast<double>(askNothing(resource, kReadOwnProperty, kReads)) / 1e3 / kReads);
  figure("property_read_by_dll", median(runs), "us", "framed_round_trip", bareValue.wall_us);

  std::vector<BYTE> list(4096);
  const std::size_t list_bytes = readList(resource, list);
  const Cost bareList = bareListRoundTrip(list_bytes, static_cast<DWORD>(list.size()));
  figure("common_properties_read_by_client", perRead_us([&] { readList(resource, list); }), "us", "framed_round_trip",
         bareList.wall_us);
  CloseClusterGroup(group);
  ClusterRegCloseKey(parameters);
  CloseClusterResource(resource);
}

}  // namespace

int main() { return guarded("property_read", run); }
