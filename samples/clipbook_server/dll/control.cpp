// Chapter 5 of docs/write-a-resource: supporting control codes.
#include <wchar.h>

#include "clipbook.h"

// Property table: name, sub-key, format, default, minimum, maximum, flags, place in the parameter block (A11).
// clang-format off
RESUTIL_PROPERTY_ITEM ClipBookPropertyTable[] = {
    {(LPWSTR)PROP_NAME_PORT, NULL, CLUSPROP_FORMAT_DWORD, {0}, PROP_MIN_PORT, PROP_MAX_PORT,
     RESUTIL_PROPITEM_REQUIRED, FIELD_OFFSET(CLIPBOOK_PROPS, dwPort)},
    {(LPWSTR)PROP_NAME_DATADIRECTORY, NULL, CLUSPROP_FORMAT_SZ, {0}, 0, 0,
     RESUTIL_PROPITEM_REQUIRED, FIELD_OFFSET(CLIPBOOK_PROPS, pszDataDirectory)},
    {(LPWSTR)PROP_NAME_USEEVENTHANDLE, NULL, CLUSPROP_FORMAT_DWORD, {0}, 0, 1,
     0, FIELD_OFFSET(CLIPBOOK_PROPS, dwUseEventHandle)},
    {(LPWSTR)PROP_NAME_REQUIREDDEPENDENCY, NULL, CLUSPROP_FORMAT_SZ, {(DWORD_PTR)L""}, 0, 0,
     0, FIELD_OFFSET(CLIPBOOK_PROPS, pszRequiredDependency)},
    {NULL, NULL, 0, {0}, 0, 0, 0, 0}};
// clang-format on

VOID ClipBookFreeProperties(PCLIPBOOK_PROPS pProps) {
  ResUtilFreeParameterBlock((LPBYTE)pProps, NULL, ClipBookPropertyTable);
}

// What the table cannot say. An empty directory is "not set yet", which only Online refuses.
static DWORD CheckProperties(const CLIPBOOK_PROPS* pProps) {
  LPCWSTR pszDirectory = pProps->pszDataDirectory;
  if (pszDirectory != NULL && pszDirectory[0] != L'\0' && pszDirectory[0] != L'/') {
    return ERROR_INVALID_PARAMETER;  // relative to what?
  }
  return ERROR_SUCCESS;
}

DWORD ClipBookReadProperties(PCLIPBOOK_RESOURCE pResource, PCLIPBOOK_PROPS pProps) {
  LPWSTR pszWrong = NULL;
  DWORD dwStatus = ResUtilGetPropertiesToParameterBlock(pResource->hkeyParameters, ClipBookPropertyTable,
                                                        (LPBYTE)pProps, TRUE, &pszWrong);
  if (dwStatus == ERROR_SUCCESS) {
    dwStatus = CheckProperties(pProps);
    // The database may hold what nobody checked: a value that was there before the DLL.
    if (pProps->dwPort < PROP_MIN_PORT || pProps->dwPort > PROP_MAX_PORT) {
      pszWrong = (LPWSTR)PROP_NAME_PORT;
      dwStatus = ERROR_INVALID_DATA;
    } else if (dwStatus != ERROR_SUCCESS || pProps->pszDataDirectory[0] == L'\0') {
      pszWrong = (LPWSTR)PROP_NAME_DATADIRECTORY;
      dwStatus = dwStatus != ERROR_SUCCESS ? dwStatus : ERROR_FILE_NOT_FOUND;
    }
  }
  if (dwStatus != ERROR_SUCCESS) {
    g_pfnLogEvent(pResource->hResourceHandle, LOG_ERROR, L"Property %1!s! is missing or wrong, status %2!u!; set it.\n",
                  pszWrong != NULL ? pszWrong : L"(unknown)", dwStatus);
  }
  return dwStatus;
}

// VALIDATE: is the list good, given what is stored? Nothing is changed. pWanted gets what would be stored.
static DWORD ValidatePrivateProperties(PCLIPBOOK_RESOURCE pResource, PVOID pList, DWORD cbList,
                                       PCLIPBOOK_PROPS pWanted) {
  DWORD dwStatus = ResUtilGetPropertiesToParameterBlock(pResource->hkeyParameters, ClipBookPropertyTable,
                                                        (LPBYTE)pWanted, FALSE, NULL);
  if (dwStatus == ERROR_SUCCESS) {
    // FALSE: a name that is not in the table is refused. It is a typing error more often than a wish.
    dwStatus = ResUtilVerifyPropertyTable(ClipBookPropertyTable, NULL, FALSE, pList, cbList, (LPBYTE)pWanted);
  }
  return dwStatus == ERROR_SUCCESS ? CheckProperties(pWanted) : dwStatus;
}

// SET: check everything, store all or nothing, say whether it takes effect now.
static DWORD SetPrivateProperties(PCLIPBOOK_RESOURCE pResource, PVOID pList, DWORD cbList) {
  CLIPBOOK_PROPS wanted = {};
  DWORD dwStatus = ValidatePrivateProperties(pResource, pList, cbList, &wanted);
  if (dwStatus == ERROR_SUCCESS) {
    dwStatus = ResUtilSetPropertyParameterBlock(pResource->hkeyParameters, ClipBookPropertyTable, NULL, (LPBYTE)&wanted,
                                                pList, cbList, NULL);
  }
  ClipBookFreeProperties(&wanted);
  if (dwStatus == ERROR_SUCCESS) {
    EnterCriticalSection(&pResource->csLock);
    if (pResource->hProcess != NULL) {
      dwStatus = ERROR_RESOURCE_PROPERTIES_STORED;  // the running server keeps the old values
    }
    LeaveCriticalSection(&pResource->csLock);
  }
  return dwStatus;
}

// GET_REQUIRED_DEPENDENCIES: a value list of type names and classes, closed by an end mark (A56). A type with a fixed
// requirement has it as a constant; here it is a property, because a clipboard needs nothing by nature.
static DWORD GetRequiredDependencies(PCLIPBOOK_RESOURCE pResource, PVOID pOut, DWORD cbOut, LPDWORD pcbReturned) {
  LPWSTR pszType = ResUtilGetSzValue(pResource->hkeyParameters, PROP_NAME_REQUIREDDEPENDENCY);
  if (pszType == NULL || pszType[0] == L'\0') {
    LocalFree(pszType);
    return ERROR_INVALID_FUNCTION;  // declined: nothing is required
  }
  DWORD cbText = (DWORD)((wcslen(pszType) + 1) * sizeof(WCHAR));
  DWORD cbEntry = (DWORD)sizeof(CLUSPROP_VALUE) + ((cbText + 3) & ~3u);
  DWORD dwStatus = ERROR_MORE_DATA;
  *pcbReturned = cbEntry + (DWORD)sizeof(CLUSPROP_SYNTAX);
  if (pOut != NULL && cbOut >= *pcbReturned) {
    CLUSPROP_BUFFER_HELPER cursor;
    ZeroMemory(pOut, *pcbReturned);
    cursor.pb = (LPBYTE)pOut;
    cursor.pStringValue->Syntax.dw = CLUSPROP_SYNTAX_NAME;
    cursor.pStringValue->cbLength = cbText;
    CopyMemory(cursor.pb + sizeof(CLUSPROP_VALUE), pszType, cbText);
    cursor.pb += cbEntry;
    cursor.pSyntax->dw = CLUSPROP_SYNTAX_ENDMARK;
    dwStatus = ERROR_SUCCESS;
  }
  LocalFree(pszType);
  return dwStatus;
}

static DWORD GiveDword(DWORD dwValue, PVOID pOut, DWORD cbOut, LPDWORD pcbReturned) {
  *pcbReturned = sizeof(DWORD);
  if (pOut == NULL || cbOut < sizeof(DWORD)) {
    return ERROR_MORE_DATA;
  }
  CopyMemory(pOut, &dwValue, sizeof(DWORD));
  return ERROR_SUCCESS;
}

static DWORD GiveClassInfo(PVOID pOut, DWORD cbOut, LPDWORD pcbReturned) {
  CLUS_RESOURCE_CLASS_INFO info = {};
  info.rc = CLUS_RESCLASS_USER;
  *pcbReturned = sizeof(info);
  if (pOut == NULL || cbOut < sizeof(info)) {
    return ERROR_MORE_DATA;
  }
  CopyMemory(pOut, &info, sizeof(info));
  return ERROR_SUCCESS;
}

// SET_NAME: the resource has a new name, which is in the buffer.
static DWORD TakeName(PCLIPBOOK_RESOURCE pResource, PVOID pIn, DWORD cbIn) {
  if (pIn == NULL || cbIn < sizeof(WCHAR) || ((LPCWSTR)pIn)[cbIn / sizeof(WCHAR) - 1] != L'\0') {
    return ERROR_INVALID_DATA;
  }
  LPWSTR pszNew = ResUtilDupString((LPCWSTR)pIn);
  if (pszNew == NULL) {
    return ERROR_NOT_ENOUGH_MEMORY;
  }
  EnterCriticalSection(&pResource->csLock);
  LPWSTR pszOld = pResource->pszResourceName;
  pResource->pszResourceName = pszNew;
  LeaveCriticalSection(&pResource->csLock);
  LocalFree(pszOld);
  return ERROR_SUCCESS;
}

// Private properties (A53). pcbRequired is set where the buffer was too small.
static DWORD PropertyControl(PCLIPBOOK_RESOURCE pResource, DWORD dwControlCode, PVOID pIn, DWORD cbIn, PVOID pOut,
                             DWORD cbOut, LPDWORD pcbReturned, LPDWORD pcbRequired) {
  switch (dwControlCode) {
    case CLUSCTL_RESOURCE_ENUM_PRIVATE_PROPERTIES:
      return ResUtilEnumProperties(ClipBookPropertyTable, (LPWSTR)pOut, cbOut, pcbReturned, pcbRequired);
    case CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES:
      return ResUtilGetAllProperties(pResource->hkeyParameters, ClipBookPropertyTable, pOut, cbOut, pcbReturned,
                                     pcbRequired);
    case CLUSCTL_RESOURCE_GET_RO_PRIVATE_PROPERTIES:
      return GiveDword(0, pOut, cbOut, pcbReturned);  // a property list with no entry: none is read-only
    case CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTY_FMTS:
      return ResUtilGetPropertyFormats(ClipBookPropertyTable, pOut, cbOut, pcbReturned, pcbRequired);
    case CLUSCTL_RESOURCE_VALIDATE_PRIVATE_PROPERTIES: {
      CLIPBOOK_PROPS wanted = {};
      DWORD dwStatus = ValidatePrivateProperties(pResource, pIn, cbIn, &wanted);
      ClipBookFreeProperties(&wanted);
      return dwStatus;
    }
    case CLUSCTL_RESOURCE_SET_PRIVATE_PROPERTIES:
      return SetPrivateProperties(pResource, pIn, cbIn);
    default:
      return ERROR_INVALID_FUNCTION;  // not ours: the cluster does its default processing, if it has one
  }
}

DWORD WINAPI ClipBookResourceControl(RESID resid, DWORD dwControlCode, PVOID pInBuffer, DWORD cbInBufferSize,
                                     PVOID pOutBuffer, DWORD cbOutBufferSize, LPDWORD pcbBytesReturned) {
  PCLIPBOOK_RESOURCE pResource = ClipBookFromResid(resid);
  if (pResource == NULL) {
    return ERROR_RESOURCE_NOT_FOUND;
  }
  DWORD cbIgnored = 0;
  LPDWORD pcbReturned = pcbBytesReturned != NULL ? pcbBytesReturned : &cbIgnored;
  DWORD cbRequired = 0;
  DWORD dwStatus = ERROR_SUCCESS;
  *pcbReturned = 0;
  switch (dwControlCode) {
    // General codes.
    case CLUSCTL_RESOURCE_UNKNOWN:
      return ERROR_SUCCESS;
    case CLUSCTL_RESOURCE_GET_CHARACTERISTICS:
      return GiveDword(CLUS_CHAR_UNKNOWN, pOutBuffer, cbOutBufferSize, pcbReturned);
    case CLUSCTL_RESOURCE_GET_CLASS_INFO:
      return GiveClassInfo(pOutBuffer, cbOutBufferSize, pcbReturned);
    case CLUSCTL_RESOURCE_GET_REQUIRED_DEPENDENCIES:
      return GetRequiredDependencies(pResource, pOutBuffer, cbOutBufferSize, pcbReturned);
    // Notifications (A61). The history of a deleted resource stays: it belongs to the user.
    case CLUSCTL_RESOURCE_DELETE:
      g_pfnLogEvent(pResource->hResourceHandle, LOG_INFORMATION, L"Deleted; its data directory stays.\n");
      return ERROR_SUCCESS;
    case CLUSCTL_RESOURCE_SET_NAME:
      return TakeName(pResource, pInBuffer, cbInBufferSize);
    case CLUSCTL_RESOURCE_ADD_DEPENDENCY:
    case CLUSCTL_RESOURCE_REMOVE_DEPENDENCY:
    case CLUSCTL_RESOURCE_ADD_OWNER:
    case CLUSCTL_RESOURCE_REMOVE_OWNER:
    case CLUSCTL_RESOURCE_INSTALL_NODE:
    case CLUSCTL_RESOURCE_EVICT_NODE:
    case CLUSCTL_RESOURCE_CLUSTER_NAME_CHANGED:
    case CLUSCTL_RESOURCE_CLUSTER_VERSION_CHANGED:
      return ERROR_SUCCESS;  // nothing here depends on them
    default:
      dwStatus = PropertyControl(pResource, dwControlCode, pInBuffer, cbInBufferSize, pOutBuffer, cbOutBufferSize,
                                 pcbReturned, &cbRequired);
  }
  if (dwStatus == ERROR_MORE_DATA && cbRequired != 0) {
    *pcbReturned = cbRequired;  // the caller comes again with that much
  }
  return dwStatus;
}

// Codes for the type as a whole: no instance is needed, nor given.
DWORD WINAPI ClipBookResourceTypeControl(LPCWSTR, DWORD dwControlCode, PVOID, DWORD, PVOID pOutBuffer,
                                         DWORD cbOutBufferSize, LPDWORD pcbBytesReturned) {
  DWORD cbIgnored = 0;
  LPDWORD pcbReturned = pcbBytesReturned != NULL ? pcbBytesReturned : &cbIgnored;
  DWORD cbRequired = 0;
  DWORD dwStatus = ERROR_SUCCESS;
  *pcbReturned = 0;
  switch (dwControlCode) {
    case CLUSCTL_RESOURCE_TYPE_UNKNOWN:
    case CLUSCTL_RESOURCE_TYPE_STARTING_PHASE1:  // the Cluster API may not be used yet (A65)
    case CLUSCTL_RESOURCE_TYPE_STARTING_PHASE2:  // from now on it may
      return ERROR_SUCCESS;
    case CLUSCTL_RESOURCE_TYPE_GET_CHARACTERISTICS:
      return GiveDword(CLUS_CHAR_UNKNOWN, pOutBuffer, cbOutBufferSize, pcbReturned);
    case CLUSCTL_RESOURCE_TYPE_GET_CLASS_INFO:
      return GiveClassInfo(pOutBuffer, cbOutBufferSize, pcbReturned);
    case CLUSCTL_RESOURCE_TYPE_GET_PRIVATE_RESOURCE_PROPERTY_FMTS:
      dwStatus =
          ResUtilGetPropertyFormats(ClipBookPropertyTable, pOutBuffer, cbOutBufferSize, pcbReturned, &cbRequired);
      break;
    default:
      return ERROR_INVALID_FUNCTION;
  }
  if (dwStatus == ERROR_MORE_DATA && cbRequired != 0) {
    *pcbReturned = cbRequired;
  }
  return dwStatus;
}
