/* The Resource API: what a resource DLL exports (entry points), what it may call back, and the utility functions that
 * help with properties, dependencies, worker threads and services.
 *
 * The parts: resapi_types.h (entry points, callbacks, tables), resapi_properties.h (property tables, property lists and
 * values), resapi_functions.h (the other utility functions), resapi_pointers.h (types of pointers to them).
 *
 * A DLL exports Startup (or StartupEx); both are declared here, so that a definition is extern "C" and visible. DllMain
 * is optional and not declared. */
#ifndef _RESAPI_
#define _RESAPI_
#define _RESAPI_DEFINES_

#include <windows.h>
#include <winsvc.h>

#include <clusapi.h>

#include <holdfast/resapi_types.h>

#include <holdfast/resapi_properties.h>

#include <holdfast/resapi_functions.h>

#include <holdfast/resapi_pointers.h>

#endif
