#include <windows.h>

#include <errno.h>
#include <time.h>

namespace {
std::uint64_t nanoseconds(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(now.tv_nsec);
}
}  // namespace

extern "C" {

void Sleep(DWORD milliseconds) {
  if (milliseconds == INFINITE) {
    for (;;) Sleep(0x7FFFFFFF);
  }
  timespec rest{static_cast<time_t>(milliseconds / 1000), static_cast<long>(milliseconds % 1000) * 1'000'000};
  while (clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) == EINTR) {
  }
}
DWORD SleepEx(DWORD milliseconds, BOOL) {
  Sleep(milliseconds);
  return 0;
}
ULONGLONG GetTickCount64(void) { return nanoseconds(CLOCK_BOOTTIME) / 1'000'000u; }
DWORD GetTickCount(void) { return static_cast<DWORD>(GetTickCount64()); }
BOOL QueryPerformanceCounter(LARGE_INTEGER* count) {
  count->QuadPart = static_cast<LONGLONG>(nanoseconds(CLOCK_MONOTONIC));
  return TRUE;
}
BOOL QueryPerformanceFrequency(LARGE_INTEGER* per_second) {
  per_second->QuadPart = 1'000'000'000;
  return TRUE;
}
void GetSystemTimeAsFileTime(LPFILETIME time) {
  // 100 ns since 1601.
  const std::uint64_t ticks = nanoseconds(CLOCK_REALTIME) / 100u + 116'444'736'000'000'000u;
  time->dwLowDateTime = static_cast<DWORD>(ticks);
  time->dwHighDateTime = static_cast<DWORD>(ticks >> 32);
}

}  // extern "C"
