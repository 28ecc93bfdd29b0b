/* Macros of the platform: sizes, words, attributes of Windows compilers, reasons of DllMain, annotations. */
#ifndef HOLDFAST_WINMACROS_H
#define HOLDFAST_WINMACROS_H

#ifndef UNICODE
#define UNICODE
#endif
#ifndef _UNICODE
#define _UNICODE
#endif
#define __TEXT(quote) L##quote
#define TEXT(quote) __TEXT(quote)

#define FAR
#define NEAR
#define PASCAL
#define WINAPIV
#define APIPRIVATE
#ifndef __fastcall
#define __fastcall
#endif
#ifndef __forceinline
#define __forceinline static __inline__
#endif
#ifndef __int64
#define __int64 long /* int64_t is long here, so that both name one type */
#define __int32 int
#define __int16 short
#define __int8 char
#endif

/* __declspec(dllexport) and its kin. */
#ifndef __declspec
#define __declspec(attribute) HOLDFAST_DECLSPEC_##attribute
#define HOLDFAST_DECLSPEC_dllexport __attribute__((visibility("default")))
#define HOLDFAST_DECLSPEC_dllimport
#define HOLDFAST_DECLSPEC_noreturn __attribute__((noreturn))
#define HOLDFAST_DECLSPEC_noinline __attribute__((noinline))
#define HOLDFAST_DECLSPEC_nothrow __attribute__((nothrow))
#define HOLDFAST_DECLSPEC_deprecated __attribute__((deprecated))
#define HOLDFAST_DECLSPEC_selectany __attribute__((weak))
#define HOLDFAST_DECLSPEC_thread __thread
#define HOLDFAST_DECLSPEC_align(bytes) __attribute__((aligned(bytes)))
#endif

#ifdef __cplusplus
#define EXTERN_C extern "C"
#else
#define EXTERN_C extern
#endif

/* 32 bits, as on Windows: property tables keep it in a DWORD without a cast. */
#define FIELD_OFFSET(type, field) ((DWORD)offsetof(type, field))
#define CONTAINING_RECORD(address, type, field) ((type*)((char*)(address) - offsetof(type, field)))
#define RTL_NUMBER_OF(array) (sizeof(array) / sizeof((array)[0]))
#define ARRAYSIZE(array) RTL_NUMBER_OF(array)
#define _countof(array) RTL_NUMBER_OF(array)
#define RTL_FIELD_SIZE(type, field) (sizeof(((type*)0)->field))
#define UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define DBG_UNREFERENCED_PARAMETER(parameter) ((void)(parameter))
#define UNREFERENCED_LOCAL_VARIABLE(variable) ((void)(variable))

#define RtlZeroMemory(destination, bytes) memset((destination), 0, (bytes))
#define RtlCopyMemory(destination, source, bytes) memcpy((destination), (source), (bytes))
#define RtlMoveMemory(destination, source, bytes) memmove((destination), (source), (bytes))
#define RtlFillMemory(destination, bytes, fill) memset((destination), (fill), (bytes))
#define RtlEqualMemory(first, second, bytes) (!memcmp((first), (second), (bytes)))
#define ZeroMemory RtlZeroMemory
#define CopyMemory RtlCopyMemory
#define MoveMemory RtlMoveMemory
#define FillMemory RtlFillMemory
#define SecureZeroMemory(destination, bytes)                                                \
  do {                                                                                      \
    memset((destination), 0, (bytes));                                                      \
    __asm__ __volatile__("" : : "r"(destination) : "memory"); /* not to be optimised out */ \
  } while (0)

#define LOBYTE(word) ((BYTE)((DWORD_PTR)(word) & 0xFF))
#define HIBYTE(word) ((BYTE)(((DWORD_PTR)(word) >> 8) & 0xFF))
#define LOWORD(value) ((WORD)((DWORD_PTR)(value) & 0xFFFF))
#define HIWORD(value) ((WORD)(((DWORD_PTR)(value) >> 16) & 0xFFFF))
#define MAKEWORD(low, high) ((WORD)(((BYTE)(low)) | ((WORD)((BYTE)(high))) << 8))
#define MAKELONG(low, high) ((LONG)(((WORD)(low)) | ((DWORD)((WORD)(high))) << 16))
#if !defined(NOMINMAX) && !defined(__cplusplus)
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#endif

#define DLL_PROCESS_DETACH 0
#define DLL_PROCESS_ATTACH 1
#define DLL_THREAD_ATTACH 2
#define DLL_THREAD_DETACH 3

#define MAXWORD 0xFFFF
#define MAXBYTE 0xFF
#define MAXLONG 0x7FFFFFFF
#define UNICODE_NULL ((WCHAR)0)
#define MAX_COMPUTERNAME_LENGTH 15

#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_FAIL ((HRESULT)0x80004005u)
#define E_INVALIDARG ((HRESULT)0x80070057u)
#define E_OUTOFMEMORY ((HRESULT)0x8007000Eu)
#define E_NOTIMPL ((HRESULT)0x80004001u)
#define SUCCEEDED(result) (((HRESULT)(result)) >= 0)
#define FAILED(result) (((HRESULT)(result)) < 0)
#define HRESULT_CODE(result) ((result) & 0xFFFF)
#define HRESULT_FROM_WIN32(code) \
  ((HRESULT)(code) <= 0 ? (HRESULT)(code) : (HRESULT)(((DWORD)(code) & 0x0000FFFFu) | 0x80070000u))

#define MAKELANGID(primary, sub) ((WORD)((((WORD)(sub)) << 10) | (WORD)(primary)))
#define MAKELCID(language, sort) ((DWORD)((((DWORD)((WORD)(sort))) << 16) | ((DWORD)((WORD)(language)))))
#define LANG_NEUTRAL 0x00
#define LANG_ENGLISH 0x09
#define SUBLANG_NEUTRAL 0x00
#define SUBLANG_DEFAULT 0x01
#define SUBLANG_ENGLISH_US 0x01
#define SORT_DEFAULT 0
#define LOCALE_SYSTEM_DEFAULT 0x0800u
#define LOCALE_USER_DEFAULT 0x0400u
#define LOCALE_NEUTRAL 0x0000u
#define LOCALE_INVARIANT 0x007Fu

/* Annotations of source code analysis: without meaning here. */
#ifndef _In_
#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_reads_(n)
#define _In_reads_opt_(n)
#define _In_reads_bytes_(n)
#define _In_reads_bytes_opt_(n)
#define _Out_
#define _Out_opt_
#define _Out_writes_(n)
#define _Out_writes_opt_(n)
#define _Out_writes_bytes_(n)
#define _Out_writes_bytes_opt_(n)
#define _Out_writes_bytes_to_(n, m)
#define _Out_writes_bytes_to_opt_(n, m)
#define _Inout_
#define _Inout_opt_
#define _Outptr_
#define _Outptr_opt_
#define _Ret_maybenull_
#define _Success_(expression)
#define _Use_decl_annotations_
#define _Check_return_
#define _Must_inspect_result_
#define _Printf_format_string_
#define _Reserved_
#endif

#endif
