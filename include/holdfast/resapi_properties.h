/* Property tables, and the utility functions that read, check and write property lists, parameter blocks and values.
 *
 * Common to all:
 *  - hkeyClusterKey is a key of the cluster database: in a resource DLL the key "Parameters" below the one that Open
 *    got. A value of the database is a property of the same name.
 *  - What a function returns through a pointer to a pointer comes from LocalAlloc; release it with LocalFree.
 *  - pcbBytesReturned and pcbRequired: on success the bytes written and 0; on ERROR_MORE_DATA 0 and the bytes needed;
 *    else 0 and 0. A NULL buffer of size 0 asks for the size and gives ERROR_MORE_DATA.
 *  - A NULL key, table or mandatory pointer: ERROR_BAD_ARGUMENTS. No memory: ERROR_NOT_ENOUGH_MEMORY.
 *  - A list given in: NULL or malformed ERROR_INVALID_DATA; longer than its size says ERROR_INSUFFICIENT_BUFFER. Names
 *    are compared without case. Of several values of a property the first counts.
 *  - A writer writes what differs from the stored value, all or nothing. Writers are not called from Open, Close,
 *    Online, Offline and Terminate except below the resource's own key.
 *  - After each EXPAND_SZ value that a function writes into a list stands its EXPANDED_SZ twin, expanded with the
 *    environment of the calling process. */
#ifndef HOLDFAST_RESAPI_PROPERTIES_H
#define HOLDFAST_RESAPI_PROPERTIES_H

#define RESUTIL_PROPITEM_READ_ONLY 0x00000001 /* may not be set by a list */
#define RESUTIL_PROPITEM_REQUIRED 0x00000002  /* must be stored, where that is checked */
#define RESUTIL_PROPITEM_SIGNED 0x00000004    /* Minimum and Maximum are signed */
#define RESUTIL_PROPITEM_IN_MEMORY 0x00000008 /* never read from or written to the database */

typedef struct RESUTIL_LARGEINT_DATA {
  LARGE_INTEGER Default;
  LARGE_INTEGER Minimum;
  LARGE_INTEGER Maximum;
} RESUTIL_LARGEINT_DATA, *PRESUTIL_LARGEINT_DATA;

typedef struct RESUTIL_ULARGEINT_DATA {
  ULARGE_INTEGER Default;
  ULARGE_INTEGER Minimum;
  ULARGE_INTEGER Maximum;
} RESUTIL_ULARGEINT_DATA, *PRESUTIL_ULARGEINT_DATA;

typedef struct RESUTIL_FILETIME_DATA {
  FILETIME Default;
  FILETIME Minimum;
  FILETIME Maximum;
} RESUTIL_FILETIME_DATA, *PRESUTIL_FILETIME_DATA;

/* One row of a property table; a row with a NULL Name ends the table. Member of the parameter block at Offset:
 *   DWORD, LONG                      4 bytes; Minimum..Maximum is the range, 0..0 is none
 *   SZ, EXPAND_SZ                    LPWSTR
 *   BINARY, MULTI_SZ, SECURITY_D.    pointer, and directly after it a DWORD with its size in bytes; Minimum is the
 *                                    size of the default
 *   ULARGE_INTEGER, LARGE_INTEGER, FILETIME   8 bytes; default and range in the structure pointed to */
typedef struct RESUTIL_PROPERTY_ITEM {
  LPWSTR Name;
  LPWSTR KeyName; /* sub-key that holds the value; NULL: the key itself */
  DWORD Format;   /* CLUSPROP_FORMAT_... */
  __extension__ union {
    DWORD_PTR DefaultPtr;
    DWORD Default;
    LPVOID lpDefault;
    PRESUTIL_LARGEINT_DATA LargeIntData;
    PRESUTIL_ULARGEINT_DATA ULargeIntData;
    PRESUTIL_FILETIME_DATA FileTimeData;
  };
  DWORD Minimum;
  DWORD Maximum;
  DWORD Flags; /* RESUTIL_PROPITEM_... */
  DWORD Offset;
} RESUTIL_PROPERTY_ITEM, *PRESUTIL_PROPERTY_ITEM;

#define CLUSRES_NAME_GET_OPERATION_CONTEXT_FLAGS L"Flags"
#define CLUSRES_GET_OPERATION_CONTEXT_FLAGS          \
  {(LPWSTR)CLUSRES_NAME_GET_OPERATION_CONTEXT_FLAGS, \
   NULL,                                             \
   CLUSPROP_FORMAT_DWORD,                            \
   {0},                                              \
   0,                                                \
   0xffffffff,                                       \
   RESUTIL_PROPITEM_REQUIRED,                        \
   0}
#define RESOURCE_SPECIFIC_STATUS_PROP_ITEM \
  {(LPWSTR)CLUSREG_NAME_RES_STATUS, NULL, CLUSPROP_FORMAT_SZ, {0}, 0, 0, RESUTIL_PROPITEM_IN_MEMORY, 0}
#define RESOURCE_SPECIFIC_DATA1_PROP_ITEM                   \
  {(LPWSTR)CLUSREG_NAME_RES_DATA1,                          \
   NULL,                                                    \
   CLUSPROP_FORMAT_ULARGE_INTEGER,                          \
   {0},                                                     \
   0,                                                       \
   0,                                                       \
   RESUTIL_PROPITEM_READ_ONLY | RESUTIL_PROPITEM_IN_MEMORY, \
   0}
#define RESOURCE_SPECIFIC_DATA2_PROP_ITEM                   \
  {(LPWSTR)CLUSREG_NAME_RES_DATA2,                          \
   NULL,                                                    \
   CLUSPROP_FORMAT_ULARGE_INTEGER,                          \
   {0},                                                     \
   0,                                                       \
   0,                                                       \
   RESUTIL_PROPITEM_READ_ONLY | RESUTIL_PROPITEM_IN_MEMORY, \
   0}

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/* ---- with a property table ---- */

/* Multi-string of the names of the table, in its order. cbOutPropertiesSize is in bytes. No database access. */
DWORD WINAPI ResUtilEnumProperties(const PRESUTIL_PROPERTY_ITEM pPropertyTable, LPWSTR pszOutProperties,
                                   DWORD cbOutPropertiesSize, LPDWORD pcbBytesReturned, LPDWORD pcbRequired);

/* List of the properties of the table: stored value, else default; left out when there is neither. */
DWORD WINAPI ResUtilGetProperties(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable,
                                  PVOID pOutPropertyList, DWORD cbOutPropertyListSize, LPDWORD pcbBytesReturned,
                                  LPDWORD pcbRequired);

/* As ResUtilGetProperties, followed by every stored value that the table does not name. */
DWORD WINAPI ResUtilGetAllProperties(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable,
                                     PVOID pOutPropertyList, DWORD cbOutPropertyListSize, LPDWORD pcbBytesReturned,
                                     LPDWORD pcbRequired);

/* Writes one property at *pOutPropertyItem, advances the pointer and takes its bytes off *pcbOutPropertyItemSize. */
DWORD WINAPI ResUtilGetProperty(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTableItem,
                                PVOID* pOutPropertyItem, LPDWORD pcbOutPropertyItemSize);

/* Adds the bytes of one property to *pcbOutPropertyListSize and one to *pnPropertyCount; nothing where it has no value.
 * ERROR_INVALID_PARAMETER: the stored type is not the table's. */
DWORD WINAPI ResUtilGetPropertySize(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTableItem,
                                    LPDWORD pcbOutPropertyListSize, LPDWORD pnPropertyCount);

/* List of names and, as WORD, formats: the answer to the ..._PROPERTY_FMTS codes. */
DWORD WINAPI ResUtilGetPropertyFormats(const PRESUTIL_PROPERTY_ITEM pPropertyTable, PVOID pOutPropertyFormatList,
                                       DWORD cbPropertyFormatListSize, LPDWORD pcbBytesReturned, LPDWORD pcbRequired);

/* Checks a list against the table. ERROR_INVALID_PARAMETER: unknown name (unless allowed), read-only property or other
 * format. ERROR_INVALID_DATA: out of range. pOutParams (may be NULL): members of the properties in the list are
 * replaced, others stay; on failure nothing is changed. Nothing is stored. Reserved is NULL. */
DWORD WINAPI ResUtilVerifyPropertyTable(const PRESUTIL_PROPERTY_ITEM pPropertyTable, PVOID Reserved,
                                        BOOL bAllowUnknownProperties, const PVOID pInPropertyList,
                                        DWORD cbInPropertyListSize, LPBYTE pOutParams);

/* Checks as ResUtilVerifyPropertyTable, then stores; Ex with bForceWrite also what does not differ. */
DWORD WINAPI ResUtilSetPropertyTable(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable, PVOID Reserved,
                                     BOOL bAllowUnknownProperties, const PVOID pInPropertyList,
                                     DWORD cbInPropertyListSize, LPBYTE pOutParams);
DWORD WINAPI ResUtilSetPropertyTableEx(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable, PVOID Reserved,
                                       BOOL bAllowUnknownProperties, const PVOID pInPropertyList,
                                       DWORD cbInPropertyListSize, BOOL bForceWrite, LPBYTE pOutParams);

/* Stores those properties of the list that the table does not name. */
DWORD WINAPI ResUtilSetUnknownProperties(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable,
                                         const PVOID pInPropertyList, DWORD cbInPropertyListSize);

/* Appends the stored values that the table does not name to the list in the buffer. *pcbBytesReturned: bytes of the
 * list on entry (0: a new list) and on return. pcbOutPropertyListSize is a value: the size of the buffer in bytes. */
DWORD WINAPI ResUtilAddUnknownProperties(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable,
                                         PVOID pOutPropertyList, DWORD pcbOutPropertyListSize, LPDWORD pcbBytesReturned,
                                         LPDWORD pcbRequired);

/* ---- parameter blocks: a structure of the caller, zeroed before its first use; other members are left alone ---- */

/* Fills the block: stored value, else a copy of the default; former pointers are released. On failure
 * *pszNameOfPropInError (the argument may be NULL) is the Name of the table, not to be released; on success NULL.
 * ERROR_FILE_NOT_FOUND: a required property is missing. ERROR_INVALID_PARAMETER: the stored type is another. */
DWORD WINAPI ResUtilGetPropertiesToParameterBlock(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable,
                                                  LPBYTE pOutParams, BOOL bCheckForRequiredProperties,
                                                  LPWSTR* pszNameOfPropInError);

/* Property list of the block, in the order of the table. *pcbOutPropertyListSize is the size of the buffer in bytes. */
DWORD WINAPI ResUtilPropertyListFromParameterBlock(const PRESUTIL_PROPERTY_ITEM pPropertyTable, PVOID pOutPropertyList,
                                                   LPDWORD pcbOutPropertyListSize, const LPBYTE pInParams,
                                                   LPDWORD pcbBytesReturned, LPDWORD pcbRequired);

/* Deep copy. The caller frees pOutParams with ResUtilFreeParameterBlock, also after a failure. */
DWORD WINAPI ResUtilDupParameterBlock(LPBYTE pOutParams, const LPBYTE pInParams,
                                      const PRESUTIL_PROPERTY_ITEM pPropertyTable);

/* Frees the pointers of pOutParams that pInParams (may be NULL) does not share, and sets them to NULL. */
void WINAPI ResUtilFreeParameterBlock(LPBYTE pOutParams, const LPBYTE pInParams,
                                      const PRESUTIL_PROPERTY_ITEM pPropertyTable);

/* Stores the members of pInParams that differ from the database, and the properties of the list (may be NULL) that the
 * table does not name; then pOutParams (may be NULL) gets deep copies of pInParams. ERROR_INVALID_PARAMETER: a
 * read-only member would change. Ex with bForceWrite also stores what does not differ. */
DWORD WINAPI ResUtilSetPropertyParameterBlock(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable,
                                              PVOID Reserved, const LPBYTE pInParams, const PVOID pInPropertyList,
                                              DWORD cbInPropertyListSize, LPBYTE pOutParams);
DWORD WINAPI ResUtilSetPropertyParameterBlockEx(HKEY hkeyClusterKey, const PRESUTIL_PROPERTY_ITEM pPropertyTable,
                                                PVOID Reserved, const LPBYTE pInParams, const PVOID pInPropertyList,
                                                DWORD cbInPropertyListSize, BOOL bForceWrite, LPBYTE pOutParams);

/* ---- without a table ---- */

/* Multi-string of the names of all values of the key. */
DWORD WINAPI ResUtilEnumPrivateProperties(HKEY hkeyClusterKey, LPWSTR pszOutProperties, DWORD cbOutPropertiesSize,
                                          LPDWORD pcbBytesReturned, LPDWORD pcbRequired);
/* Property list of all values of the key. */
DWORD WINAPI ResUtilGetPrivateProperties(HKEY hkeyClusterKey, PVOID pOutPropertyList, DWORD cbOutPropertyListSize,
                                         LPDWORD pcbBytesReturned, LPDWORD pcbRequired);
/* Stores every property of the list; a backslash in a name leads to a sub-key, which is made. A NULL list here:
 * ERROR_INSUFFICIENT_BUFFER. */
DWORD WINAPI ResUtilSetPrivatePropertyList(HKEY hkeyClusterKey, const PVOID pInPropertyList,
                                           DWORD cbInPropertyListSize);
/* Checks the form of the list. */
DWORD WINAPI ResUtilVerifyPrivatePropertyList(const PVOID pInPropertyList, DWORD cbInPropertyListSize);

/* ---- find a property in a list by name ----
 * ERROR_FILE_NOT_FOUND: not there. ERROR_INVALID_DATA: malformed, or of another format. The out pointer may be NULL:
 * is it there? Sizes in bytes. */
DWORD WINAPI ResUtilFindSzProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                   LPWSTR* pszPropertyValue);
DWORD WINAPI ResUtilFindExpandSzProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                         LPWSTR* pszPropertyValue);
DWORD WINAPI ResUtilFindExpandedSzProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                           LPWSTR* pszPropertyValue);
DWORD WINAPI ResUtilFindMultiSzProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                        LPWSTR* pszPropertyValue, LPDWORD pcbPropertyValueSize);
DWORD WINAPI ResUtilFindBinaryProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                       LPBYTE* pbPropertyValue, LPDWORD pcbPropertyValueSize);
DWORD WINAPI ResUtilFindDwordProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                      LPDWORD pdwPropertyValue);
DWORD WINAPI ResUtilFindLongProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                     LPLONG plPropertyValue);
DWORD WINAPI ResUtilFindULargeIntegerProperty(const PVOID pPropertyList, DWORD cbPropertyListSize,
                                              LPCWSTR pszPropertyName, PULONGLONG plPropertyValue);
DWORD WINAPI ResUtilFindFileTimeProperty(const PVOID pPropertyList, DWORD cbPropertyListSize, LPCWSTR pszPropertyName,
                                         LPFILETIME pftPropertyValue);

/* ---- take the value that a cursor stands on ----
 * pValueStruct is the value inside the list. On success *ppPropertyList is moved behind it and *pcbPropertyListSize
 * shrinks by as much. A value that equals the old one leaves the output alone; else text and bytes get a copy.
 * ERROR_INVALID_PARAMETER: another syntax or length, or out of minimum..maximum (0..0: no range). */
DWORD WINAPI ResUtilGetBinaryProperty(LPBYTE* ppbOutValue, LPDWORD pcbOutValueSize, const PCLUSPROP_BINARY pValueStruct,
                                      const LPBYTE pbOldValue, DWORD cbOldValueSize, LPBYTE* ppPropertyList,
                                      LPDWORD pcbPropertyListSize);
DWORD WINAPI ResUtilGetSzProperty(LPWSTR* ppszOutValue, const PCLUSPROP_SZ pValueStruct, LPCWSTR pszOldValue,
                                  LPBYTE* ppPropertyList, LPDWORD pcbPropertyListSize);
DWORD WINAPI ResUtilGetMultiSzProperty(LPWSTR* ppszOutValue, LPDWORD pcbOutValueSize, const PCLUSPROP_SZ pValueStruct,
                                       LPCWSTR pszOldValue, DWORD cbOldValueSize, LPBYTE* ppPropertyList,
                                       LPDWORD pcbPropertyListSize);
DWORD WINAPI ResUtilGetDwordProperty(LPDWORD pdwOutValue, const PCLUSPROP_DWORD pValueStruct, DWORD dwOldValue,
                                     DWORD dwMinimum, DWORD dwMaximum, LPBYTE* ppPropertyList,
                                     LPDWORD pcbPropertyListSize);
DWORD WINAPI ResUtilGetLongProperty(LPLONG plOutValue, const PCLUSPROP_LONG pValueStruct, LONG lOldValue, LONG lMinimum,
                                    LONG lMaximum, LPBYTE* ppPropertyList, LPDWORD pcbPropertyListSize);
DWORD WINAPI ResUtilGetFileTimeProperty(LPFILETIME pftOutValue, const PCLUSPROP_FILETIME pValueStruct,
                                        FILETIME ftOldValue, FILETIME ftMinimum, FILETIME ftMaximum,
                                        LPBYTE* ppPropertyList, LPDWORD pcbPropertyListSize);

/* ---- single values of the database ----
 * Readers: ERROR_FILE_NOT_FOUND where nothing is stored, except Dword and Qword, which give the default and success.
 * ERROR_INVALID_PARAMETER: not a number. ResUtilGetSzValue: NULL and GetLastError.
 * Writers: the out pointer (may be NULL) gets a copy; what it pointed to before is released. */
DWORD WINAPI ResUtilGetBinaryValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, LPBYTE* ppbOutValue,
                                   LPDWORD pcbOutValueSize);
LPWSTR WINAPI ResUtilGetSzValue(HKEY hkeyClusterKey, LPCWSTR pszValueName);
LPWSTR WINAPI ResUtilGetExpandSzValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, BOOL bExpand);
DWORD WINAPI ResUtilGetDwordValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, LPDWORD pdwOutValue, DWORD dwDefaultValue);
DWORD WINAPI ResUtilGetQwordValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, PULONGLONG pqwOutValue,
                                  ULONGLONG qwDefaultValue);
DWORD WINAPI ResUtilSetBinaryValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, const LPBYTE pbNewValue,
                                   DWORD cbNewValueSize, LPBYTE* ppbOutValue, LPDWORD pcbOutValueSize);
DWORD WINAPI ResUtilSetSzValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, LPCWSTR pszNewValue, LPWSTR* ppszOutString);
DWORD WINAPI ResUtilSetExpandSzValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, LPCWSTR pszNewValue,
                                     LPWSTR* ppszOutString);
DWORD WINAPI ResUtilSetMultiSzValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, LPCWSTR pszNewValue,
                                    DWORD cbNewValueSize, LPWSTR* ppszOutValue, LPDWORD pcbOutValueSize);
DWORD WINAPI ResUtilSetDwordValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, DWORD dwNewValue, LPDWORD pdwOutValue);
DWORD WINAPI ResUtilSetQwordValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, ULONGLONG qwNewValue,
                                  PULONGLONG pqwOutValue);
DWORD WINAPI ResUtilSetValueEx(HKEY hkeyClusterKey, LPCWSTR valueName, DWORD valueType, const BYTE* valueData,
                               DWORD valueSize, DWORD flags);

/* A multi-string value is read as bytes. */
static __inline__ DWORD ResUtilGetMultiSzValue(HKEY hkeyClusterKey, LPCWSTR pszValueName, LPWSTR* ppszOutValue,
                                               LPDWORD pcbOutValueSize) {
  return ResUtilGetBinaryValue(hkeyClusterKey, pszValueName, (LPBYTE*)ppszOutValue, pcbOutValueSize);
}

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop

#endif
