#include "core/monitor/actions.h"

namespace holdfast::monitor {

const char* entryPointName(EntryPoint entry) {
  switch (entry) {
    case EntryPoint::Initializing:
      return "DllMain";
    case EntryPoint::Idle:
      return "none";
    case EntryPoint::Startup:
      return "Startup";
    case EntryPoint::Open:
      return "Open";
    case EntryPoint::Online:
      return "Online";
    case EntryPoint::Offline:
      return "Offline";
    case EntryPoint::Close:
      return "Close";
    case EntryPoint::IsAlive:
      return "IsAlive";
    case EntryPoint::LooksAlive:
      return "LooksAlive";
    case EntryPoint::Arbitrate:
      return "Arbitrate";
    case EntryPoint::Release:
      return "Release";
    case EntryPoint::ResourceControl:
      return "ResourceControl";
    case EntryPoint::ResourceTypeControl:
      return "ResourceTypeControl";
    case EntryPoint::Terminate:
      return "Terminate";
    case EntryPoint::Cancel:
      return "Cancel";
  }
  return "unknown";
}

}  // namespace holdfast::monitor
