/* A part of windows.h, for sources that name it alone. */
#include <windows.h>
