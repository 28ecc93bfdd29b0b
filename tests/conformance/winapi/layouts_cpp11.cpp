// The platform headers as C++11.
#include "layouts.h"

unsigned __int64 winapiLayoutsWide(LARGE_INTEGER value) { return static_cast<unsigned __int64>(value.QuadPart); }
