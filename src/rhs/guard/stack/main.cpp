// rhs-stack PID FILE [TID]: writes the stacks of all threads of a process to a file, that of TID first.
#include <cxxabi.h>
#include <elfutils/libdwfl.h>
#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>

namespace {

constexpr int kMostFrames = 100;

struct Report {
  Dwfl* dwfl = nullptr;
  std::FILE* out = nullptr;
  pid_t first = 0;
  bool onlyFirst = false;
  int frame = 0;
};

void printName(const Report& report, const char* symbol) {
  int status = -1;
  char* readable = symbol ? abi::__cxa_demangle(symbol, nullptr, nullptr, &status) : nullptr;
  std::fprintf(report.out, "%s", status == 0 ? readable : symbol ? symbol : "??");
  std::free(readable);
}

int onFrame(Dwfl_Frame* frame, void* argument) {
  auto& report = *static_cast<Report*>(argument);
  Dwarf_Addr address = 0;
  bool isActivation = false;
  if (!dwfl_frame_pc(frame, &address, &isActivation)) return DWARF_CB_ABORT;
  const Dwarf_Addr inside = isActivation ? address : address - 1;  // the call, not what follows it
  Dwfl_Module* module = dwfl_addrmodule(report.dwfl, inside);
  std::fprintf(report.out, "  #%-2d 0x%016llx ", report.frame++, static_cast<unsigned long long>(address));
  printName(report, module ? dwfl_module_addrname(module, inside) : nullptr);
  if (module) {
    const char* file = dwfl_module_info(module, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr);
    std::fprintf(report.out, " (%s)", file ? file : "?");
    if (Dwfl_Line* line = dwfl_module_getsrc(module, inside)) {
      int number = 0;
      if (const char* source = dwfl_lineinfo(line, nullptr, &number, nullptr, nullptr, nullptr)) {
        std::fprintf(report.out, " %s:%d", source, number);
      }
    }
  }
  std::fputc('\n', report.out);
  return report.frame < kMostFrames ? DWARF_CB_OK : DWARF_CB_ABORT;
}

int onThread(Dwfl_Thread* thread, void* argument) {
  auto& report = *static_cast<Report*>(argument);
  const pid_t tid = dwfl_thread_tid(thread);
  if (report.onlyFirst != (tid == report.first)) return DWARF_CB_OK;
  std::fprintf(report.out, "thread %d%s\n", tid, report.onlyFirst ? ", in the call that did not return" : "");
  report.frame = 0;
  dwfl_thread_getframes(thread, onFrame, &report);
  std::fflush(report.out);
  return DWARF_CB_OK;
}

bool attach(Dwfl* dwfl, pid_t process) {
  return dwfl_linux_proc_report(dwfl, process) == 0 && dwfl_report_end(dwfl, nullptr, nullptr) == 0 &&
         dwfl_linux_proc_attach(dwfl, process, false) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: rhs-stack PID FILE [TID]\n");
    return 2;
  }
  const pid_t process = std::atoi(argv[1]);
  Report report;
  report.out = std::fopen(argv[2], "we");
  if (!report.out) return 1;
  report.first = argc > 3 ? std::atoi(argv[3]) : 0;
  static char* debugInfoPath = nullptr;
  static const Dwfl_Callbacks callbacks = {dwfl_linux_proc_find_elf, dwfl_standard_find_debuginfo, nullptr,
                                           &debugInfoPath};
  report.dwfl = dwfl_begin(&callbacks);
  std::fprintf(report.out, "stacks of process %d\n", process);
  if (!report.dwfl || !attach(report.dwfl, process)) {
    std::fprintf(report.out, "cannot be read: %s\n", dwfl_errmsg(-1));
    return 1;
  }
  for (const bool first : {true, false}) {
    report.onlyFirst = first;
    if (first && report.first == 0) continue;
    dwfl_getthreads(report.dwfl, onThread, &report);
  }
  std::fclose(report.out);
  dwfl_end(report.dwfl);
  return 0;
}
