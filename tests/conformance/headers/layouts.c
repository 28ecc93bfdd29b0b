/* The layouts hold in C; a table is initialised and a value walked as C programs do it. */
#include "layouts.h"

static RESID WINAPI CSampleOpen(LPCWSTR name, HKEY key, RESOURCE_HANDLE handle) {
  (void)name;
  (void)key;
  return handle;
}
static VOID WINAPI CSampleClose(RESID resource) { (void)resource; }
static DWORD WINAPI CSampleOnline(RESID resource, LPHANDLE event) {
  (void)resource;
  (void)event;
  return ERROR_SUCCESS;
}
static DWORD WINAPI CSampleOffline(RESID resource) {
  (void)resource;
  return ERROR_SUCCESS;
}
static VOID WINAPI CSampleTerminate(RESID resource) { (void)resource; }
static BOOL WINAPI CSampleLooksAlive(RESID resource) { return resource != NULL; }
static BOOL WINAPI CSampleIsAlive(RESID resource) { return resource != NULL; }

CLRES_V1_FUNCTION_TABLE(cSampleTable, CLRES_VERSION_V1_00, CSample, NULL, NULL, NULL, NULL);

typedef struct {
  LPWSTR text;
  DWORD number;
} CSAMPLE_PROPS;

RESUTIL_PROPERTY_ITEM cSampleProperties[] = {
    {(LPWSTR)L"Text",
     NULL,
     CLUSPROP_FORMAT_SZ,
     {0},
     0,
     0,
     RESUTIL_PROPITEM_REQUIRED,
     FIELD_OFFSET(CSAMPLE_PROPS, text)},
    {(LPWSTR)L"Number", NULL, CLUSPROP_FORMAT_DWORD, {7}, 1, 9, 0, FIELD_OFFSET(CSAMPLE_PROPS, number)},
    {0}};

/* Bytes from the first to the last entry of a value list, its endmark included. */
DWORD cSampleWalk(BYTE* list) {
  CLUSPROP_BUFFER_HELPER value;
  value.pb = list;
  while (value.pSyntax->dw != CLUSPROP_SYNTAX_ENDMARK) {
    value.pb += sizeof(*value.pStringValue) + ALIGN_CLUSPROP(value.pStringValue->cbLength);
  }
  return (DWORD)(value.pb - list + sizeof(CLUSPROP_SYNTAX));
}
