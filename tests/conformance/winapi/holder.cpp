// Another process for tests of named objects: takes one of them, says so by an event, and stays until it is killed.
// usage: holder mutex|semaphore|event|abandon NAME READY   or   holder set NAME
#include <windows.h>

#include <string>

int main(int count, char** arguments) {
  const auto text = [&](int at) {
    const std::string narrow = at < count ? arguments[at] : "";
    return std::wstring(narrow.begin(), narrow.end());
  };
  const std::string what = count > 1 ? arguments[1] : "";
  const std::wstring name = text(2);
  if (what == "set") {
    HANDLE event = OpenEventW(EVENT_MODIFY_STATE, FALSE, name.c_str());
    return event != nullptr && SetEvent(event) != 0 ? 0 : 1;
  }
  HANDLE object = nullptr;
  if (what == "mutex" || what == "abandon") {
    object = CreateMutexW(nullptr, FALSE, name.c_str());
    if (WaitForSingleObject(object, INFINITE) == WAIT_FAILED) return 2;
  } else if (what == "semaphore") {
    object = CreateSemaphoreW(nullptr, 0, 1, name.c_str());
  } else if (what == "event") {
    object = CreateEventW(nullptr, TRUE, FALSE, name.c_str());
  }
  if (object == nullptr) return 3;
  HANDLE ready = CreateEventW(nullptr, TRUE, FALSE, text(3).c_str());
  if (ready == nullptr || SetEvent(ready) == 0) return 4;
  if (what == "abandon") return 0;
  Sleep(INFINITE);
  return 0;
}
