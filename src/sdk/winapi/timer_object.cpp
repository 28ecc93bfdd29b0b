#include "sdk/winapi/timer_object.h"

#include <algorithm>

#include "sdk/winapi/handle_table.h"
#include "sdk/winapi/system_error.h"

namespace holdfast::winapi {

TimerObject::~TimerObject() {
  const std::lock_guard lock(dispatcherLock());
  Listener::instance().cancelTimer(this);
}

bool TimerObject::take(ThreadId) {
  if (!manualReset_) set_ = false;
  return false;
}

std::shared_ptr<void> TimerObject::heard() {
  set_ = true;
  if (period_.count() > 0) {
    // Periods that passed unseen are one; the next keeps the beat.
    const auto now = std::chrono::steady_clock::now();
    due_ += period_ * std::max<std::int64_t>((now - due_) / period_ + 1, 1);
    Listener::instance().setTimer(this, due_);
  }
  stateChanged();
  return nullptr;
}

void TimerObject::start(Listener::Time due, std::chrono::milliseconds period) {
  const std::lock_guard lock(dispatcherLock());
  set_ = false;
  due_ = due;
  period_ = period;
  Listener::instance().setTimer(this, due);
  stateChanged();
}

void TimerObject::cancel() {
  const std::lock_guard lock(dispatcherLock());
  Listener::instance().cancelTimer(this);
  period_ = {};
}

}  // namespace holdfast::winapi

using namespace holdfast::winapi;

namespace {

using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
constexpr Ticks kUnixEpoch{116444736000000000};  // since 1601
constexpr Ticks kFarthest = std::chrono::hours(24 * 365 * 100);

Listener::Time dueTime(std::int64_t value) {
  Ticks wait{};
  if (value < 0) {
    wait = value < -kFarthest.count() ? kFarthest : Ticks(-value);
  } else {
    const auto now = std::chrono::duration_cast<Ticks>(std::chrono::system_clock::now().time_since_epoch());
    wait = std::clamp(Ticks(value) - kUnixEpoch - now, Ticks(0), kFarthest);
  }
  return std::chrono::steady_clock::now() + wait;
}

}  // namespace

HANDLE WINAPI CreateWaitableTimerW(LPSECURITY_ATTRIBUTES, BOOL bManualReset, LPCWSTR lpTimerName) {
  if (lpTimerName != nullptr && *lpTimerName != 0) return fail<HANDLE>(ERROR_NOT_SUPPORTED, nullptr);
  return guarded<HANDLE>(nullptr, [&] {
    HANDLE handle = HandleTable::instance().add(std::make_shared<TimerObject>(bManualReset != 0), TIMER_ALL_ACCESS);
    SetLastError(ERROR_SUCCESS);
    return handle;
  });
}

BOOL WINAPI SetWaitableTimer(HANDLE hTimer, const LARGE_INTEGER* lpDueTime, LONG lPeriod,
                             PTIMERAPCROUTINE pfnCompletionRoutine, LPVOID, BOOL) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    const auto timer = objectOf<TimerObject>(hTimer, TIMER_MODIFY_STATE);
    if (!timer) return FALSE;
    if (lpDueTime == nullptr || lPeriod < 0) return fail<BOOL>(ERROR_INVALID_PARAMETER, FALSE);
    if (pfnCompletionRoutine != nullptr) return fail<BOOL>(ERROR_NOT_SUPPORTED, FALSE);
    timer->start(dueTime(lpDueTime->QuadPart), std::chrono::milliseconds(lPeriod));
    return TRUE;
  });
}

BOOL WINAPI CancelWaitableTimer(HANDLE hTimer) {
  return guarded<BOOL>(FALSE, [&]() -> BOOL {
    const auto timer = objectOf<TimerObject>(hTimer, TIMER_MODIFY_STATE);
    if (!timer) return FALSE;
    timer->cancel();
    return TRUE;
  });
}
