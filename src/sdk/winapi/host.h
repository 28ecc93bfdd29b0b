/* What rhs needs of dispatcher objects beyond the Win32 calls. Private between rhs, libresutils and libwinapi: not
 * installed. */
#pragma once

#include <cstdint>

extern "C" {

/* A descriptor that polls readable while the object (event, semaphore, mutex, thread, process, timer) is signalled:
 * made on the first call for the object, owned by the library, closed with the object. -1 for an invalid handle.
 * Watching takes nothing from the object. */
__attribute__((visibility("default"))) int holdfast_winapi_watch(void* handle);

/* TRUE if the handle names a waitable object. */
__attribute__((visibility("default"))) int holdfast_winapi_is_waitable(void* handle);

}  // extern "C"
