// Control codes by which a test tells the fake rhs to misbehave.
#pragma once

#include <cstdint>

enum FakeCode : std::uint32_t {
  kFakeEcho = 0,
  kFakeCrash = 1,
  kFakeExit,
  kFakeGarbage,
  kFakeOversized,
  kFakeHalfFrameAndCrash,
  kFakeReportAndCrash,
  kFakeLog,
  kFakeApiCall,
  kFakeOrphan,  ///< a child that forked twice
};
