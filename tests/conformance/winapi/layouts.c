/* The platform headers as C, also as C89. */
#include "layouts.h"

__declspec(dllexport) LONG winapi_layouts_count(LONG* counter);
LONG winapi_layouts_count(LONG* counter) { return InterlockedIncrement(counter); }
