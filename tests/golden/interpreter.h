// Reads a situation, plays it in the World, and tells the outcome in lines that an operator can read.
//
//   # what went wrong, in a sentence          type T | group db | resource A [type T] [in db] [separate]
//   resource B needs A                        set A RestartThreshold 2
//   online A | offline A | online db | offline db | delete A | rename A to B      … [at 10s]
//   fail A [at 10s] | simulate failure of A   crash A [in a call of B,C] | hang A
//   A takes 5s to go online|offline|terminate A refuses to open with 126 | A fails online with 5 | A works again
//   A needs a provider of type "IP Address"   A never comes online
//   monitors cannot be started | monitors can be started
//   restart service | restart service and monitors | stop service          run 30s
//
// Whatever names a time happens then; what follows without one happens at once, in order.
#pragma once

#include <string>

namespace holdfast::rcm {

/// The time line, the final states and what explain() says. Lines that are not understood are in the outcome too.
std::string outcomeOf(const std::string& situation);

}  // namespace holdfast::rcm
