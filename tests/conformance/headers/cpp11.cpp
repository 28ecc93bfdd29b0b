// The oldest C++ that the headers promise, pedantically.
#include "layouts.h"
