/* What Holdfast offers beyond the Cluster API of Windows: the sentence behind an error, the story of events, explanations,
 * the cluster log. Implemented by libclusapi; plain C. Text is UTF-8 and terminated. Functions return a Win32 code. */
#ifndef HOLDFAST_CLUSTER_H
#define HOLDFAST_CLUSTER_H

#include <clusapi.h>
#include <windows.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/* The code as `NAME (number)`, and, if `code` is what the last refused Cluster API call of this thread returned, the
 * cluster's own sentence and advice: `ERROR_DEPENDENCY_NOT_FOUND (5002): resource "Clip" needs …; add one with …`.
 * text: receives at most text_bytes bytes, cut at a whole character, always terminated. ERROR_INVALID_PARAMETER without it. */
DWORD WINAPI HoldfastErrorText(DWORD code, char* text, DWORD text_bytes);

/* One event of the cluster's story. All strings belong to the library and live as long as the callback runs. */
typedef struct HOLDFAST_EVENT {
  ULONGLONG number;       /* counted from 1 since the service started */
  LONGLONG unix_ns;       /* wall clock, nanoseconds since 1970 UTC */
  LONGLONG monotonic_ns;  /* since an arbitrary point, for differences */
  DWORD level;            /* 0 information, 1 warning, 2 error, 3 critical */
  DWORD id;               /* event id of the field (1069 resource failed, ...), 0 without one */
  DWORD object_kind;      /* CLUSTER_OBJECT_TYPE */
  const char* object_id;
  const char* object_name;
  const char* step;       /* one word of a time line: failed, noticed, terminated, restarting, online, ... */
  const char* text;
  const char* cause_actor;
  const char* cause_text;
  ULONGLONG parent;       /* number of the event that led here, 0 = none */
} HOLDFAST_EVENT;
typedef void(WINAPI* HOLDFAST_EVENT_ROUTINE)(const HOLDFAST_EVENT* event, void* context);

/* Events after number `*after`, oldest first, at most at_most (the service keeps the last 10,000); *after becomes the number of the
 * last one. wait_ms: how long to wait if there is none yet (0 = not, INFINITE = until there is). WAIT_TIMEOUT if none came. */
DWORD WINAPI HoldfastReadEvents(HCLUSTER cluster, ULONGLONG* after, DWORD at_most, DWORD wait_ms, HOLDFAST_EVENT_ROUTINE routine, void* context);

/* What is so (`now`), what comes next (`next`, may be empty) and in how many milliseconds (next_in_ms, -1 = no time known),
 * and the chain of events from the first cause to the last consequence, one call of `chain` each, before the function returns.
 * Exactly one of resource and group is given. The strings are LocalAlloc'ed: free them with LocalFree. */
DWORD WINAPI HoldfastExplain(HRESOURCE resource, HGROUP group, char** now, char** next, LONGLONG* next_in_ms, HOLDFAST_EVENT_ROUTINE chain, void* context);

/* The last `lines` lines of this node's cluster log, oldest first, one call each. */
typedef void(WINAPI* HOLDFAST_LOG_ROUTINE)(const char* line, void* context);
DWORD WINAPI HoldfastReadLog(HCLUSTER cluster, DWORD lines, HOLDFAST_LOG_ROUTINE routine, void* context);

#ifdef __cplusplus
}
#endif

#pragma GCC visibility pop

#endif
