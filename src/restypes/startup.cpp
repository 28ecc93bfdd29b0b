// clusres.so: the types that ship. One folder per type; this is the switch on the name of the type.
#include "generic_application/generic_application.h"

DWORD WINAPI Startup(LPCWSTR resourceType, DWORD minVersion, DWORD maxVersion,
                     PSET_RESOURCE_STATUS_ROUTINE setResourceStatus, PLOG_EVENT_ROUTINE logEvent,
                     PCLRES_FUNCTION_TABLE* functionTable) {
  if (minVersion > CLRES_VERSION_V1_00 || maxVersion < CLRES_VERSION_V1_00) {
    return ERROR_REVISION_MISMATCH;
  }
  if (lstrcmpiW(resourceType, generic_application::kTypeName) == 0) {
    *functionTable = generic_application::start(setResourceStatus, logEvent);
    return ERROR_SUCCESS;
  }
  return ERROR_CLUSTER_RESNAME_NOT_FOUND;
}
