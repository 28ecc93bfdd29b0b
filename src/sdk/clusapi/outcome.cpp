#include "sdk/clusapi/outcome.h"

namespace holdfast::clusapi {

namespace {
thread_local Outcome refusal;
}

DWORD finish(const Outcome& outcome) {
  if (!outcome.ok()) refusal = outcome;
  return outcome.code;
}

DWORD finish(DWORD code) { return finish(Outcome{code, {}, {}}); }

const Outcome& lastRefusal() { return refusal; }

}  // namespace holdfast::clusapi
