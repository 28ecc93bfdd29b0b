/* The name in the letter case that some sources use. */
#include <windows.h>
