/* The name in the letter case that some sources use. */
#include <winerror.h>
