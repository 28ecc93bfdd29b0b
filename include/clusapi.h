/* The Cluster API: objects of the cluster (nodes, groups, resources, resource types, networks), their state and their
 * properties, notifications, and the cluster database.
 *
 * The parts: clusapi_types.h (handles, states, flags), clusapi_codes.h (control codes), clusapi_properties.h (property
 * lists and value lists), clusapi_functions.h (the functions), clusapi_pointers.h (types of pointers to them).
 *
 * Where a function is marked "worker only", a resource DLL calls it from a worker thread, never from an entry point.
 * Text is WCHAR, which is the native wchar_t (32 bits); sizes named cch count characters, sizes named cb count bytes.
 */
#ifndef _CLUSTER_API_
#define _CLUSTER_API_

#include <windows.h>

#include <holdfast/clusapi_types.h>

#include <holdfast/clusapi_codes.h>
#include <holdfast/clusapi_properties.h>

#include <holdfast/clusapi_functions.h>

#include <holdfast/clusapi_pointers.h>

#endif
