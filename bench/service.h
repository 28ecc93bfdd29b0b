// A private one-node cluster for a benchmark: the real clussvc with its monitors, ended and gone at the end of its
// life.
#pragma once

#include <clusapi.h>
#include <sys/types.h>

#include <string>

namespace holdfast::bench {

/// Type whose resources do nothing (nothing.cpp).
inline constexpr const WCHAR* kNothing = L"Nothing";

/// Runs a benchmark; a failure is printed, after everything that it started has ended. Returns main's status.
int guarded(const char* name, void (*benchmark)());

/// Throws what guarded() prints: `what`, and the code with its sentence.
[[noreturn]] void refused(const char* what, DWORD code);

/// CPU time of all threads of a process so far.
double cpuSecondsOf(pid_t process);

/// Memory of a process that is its own, and its share of what it has in common with others.
double pssBytesOf(pid_t process);

/// What the type "Nothing" answers to a code of nothing.h.
ULONGLONG askNothing(HRESOURCE resource, DWORD code, DWORD input = 0);

class Service {
 public:
  /// Starts it and creates the type "Nothing", polled by IsAlive alone, so often.
  explicit Service(DWORD isAlive_ms);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  HCLUSTER cluster() const { return cluster_; }
  pid_t pid() const { return service_.pid; }
  /// Its one monitor, which is there once a resource is online.
  pid_t monitor() const;
  /// Of both.
  double cpuSeconds() const;

  /// A group with resources of the type "Nothing", offline. Several sessions create them at once.
  HGROUP createGroup(const std::wstring& name, unsigned resources) const;
  /// Groups of these resources, online: number `first` of them up to, without, number `end`. The first of a group with
  /// number n is resource("g<n>", 0).
  void bringOnline(unsigned first, unsigned end) const;
  HRESOURCE resource(const std::wstring& group, unsigned number) const;

  /// Asks, and waits until the group is so. Seconds.
  double online(HGROUP group) const;
  double offline(HGROUP group) const;

 private:
  void createResources(const std::wstring& group, unsigned first, unsigned step, unsigned end) const;

  /// Members of their own, so that a start that fails leaves nothing behind.
  struct Folder {
    Folder();
    ~Folder();
    std::string path;
  };
  struct Process {
    explicit Process(const std::string& folder);
    ~Process();
    pid_t pid;
  };

  Folder folder_;
  Process service_;
  HCLUSTER cluster_ = nullptr;
};

}  // namespace holdfast::bench
