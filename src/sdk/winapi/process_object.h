// Processes as dispatcher objects: a pidfd, and what is known about the end.
#pragma once

#include <optional>

#include "sdk/winapi/listener.h"
#include "sdk/winapi/object.h"

namespace holdfast::winapi {

class ProcessObject final : public Object, public Hearer {
 public:
  /// Any process of that number; null after SetLastError.
  static std::shared_ptr<ProcessObject> open(DWORD process);
  /// A child that was just started. Its end is reaped also when nobody holds the object any more. Throws
  /// std::system_error when the system gives no descriptor; the child is killed then.
  static std::shared_ptr<ProcessObject> adopt(DWORD process);

  ProcessObject(DWORD process, int descriptor, bool child)
      : process_(process), descriptor_(descriptor), child_(child) {}
  ~ProcessObject() override;

  bool isSignalled(ThreadId) override;
  void beginListening() override;
  void endListening() override;
  std::shared_ptr<void> heard() override;
  int watchDescriptor() override { return descriptor_; }

  DWORD process() const { return process_; }

  /// STILL_ACTIVE while it runs; nullopt when it has ended and nobody told how.
  std::optional<DWORD> exitCode();

  /// False when it has ended.
  bool terminate(UINT exitCode);

 private:
  void reap();
  bool kept() const;

  const DWORD process_;
  const int descriptor_;
  const bool child_;
  bool ended_ = false;
  bool listening_ = false;
  std::optional<DWORD> exitCode_;
  std::optional<UINT> terminatedWith_;
};

}  // namespace holdfast::winapi
