// What is particular to this server: the only file that knows about paths, signals and sockets.
#include <dlfcn.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <string>

#include "../client/connection.h"
#include "clipbook.h"

// clipbook-server lies beside the DLL, or in bin/ of the installation, or in PATH.
static std::wstring FindServer() {
  Dl_info self = {};
  if (dladdr((void*)&FindServer, &self) != 0 && self.dli_fname != NULL) {
    std::string folder = self.dli_fname;
    folder.erase(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
    const std::string candidates[] = {folder + "clipbook-server", folder + "../../../bin/clipbook-server"};
    for (const std::string& candidate : candidates) {
      if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) {
        std::wstring path(candidate.size() + 1, L'\0');
        path.resize((size_t)MultiByteToWideChar(CP_UTF8, 0, candidate.c_str(), (int)candidate.size(), &path[0],
                                                (int)path.size()));
        return path;
      }
    }
  }
  return L"clipbook-server";
}

// One argument of a command line. A backslash counts only before a quote: there, and at the end, it is doubled.
static std::wstring Quoted(const std::wstring& argument) {
  std::wstring quoted = L"\"";
  size_t backslashes = 0;
  for (wchar_t character : argument) {
    if (character == L'"') {
      quoted.append(backslashes + 1, L'\\');
    }
    backslashes = character == L'\\' ? backslashes + 1 : 0;
    quoted += character;
  }
  return quoted.append(backslashes, L'\\') + L'"';
}

DWORD ServerStart(const CLIPBOOK_PROPS* pProps, LPHANDLE phProcess) {
  std::wstring commandLine = Quoted(FindServer()) + L" --port " + std::to_wstring(pProps->dwPort) + L" --data-dir " +
                             Quoted(pProps->pszDataDirectory);
  STARTUPINFOW startup = {};
  startup.cb = sizeof(startup);
  PROCESS_INFORMATION process = {};
  if (!CreateProcessW(NULL, &commandLine[0], NULL, NULL, FALSE, CREATE_NEW_PROCESS_GROUP, NULL, NULL, &startup,
                      &process)) {
    return GetLastError();
  }
  CloseHandle(process.hThread);
  *phProcess = process.hProcess;
  return ERROR_SUCCESS;
}

VOID ServerAskToStop(HANDLE hProcess) {
  if (WaitForSingleObject(hProcess, 0) == WAIT_TIMEOUT) {  // an ended process has no id any more
    kill((pid_t)GetProcessId(hProcess), SIGTERM);
  }
}

BOOL ServerAnswers(HANDLE hProcess, DWORD dwPort, DWORD dwLimit, PCLUS_WORKER pWorker) {
  static std::atomic<unsigned> count{0};
  clipbook::Patience patience{std::chrono::milliseconds{dwLimit},
                              [pWorker] { return ClusWorkerCheckTerminate(pWorker) != FALSE; }};
  // A new text each time: an old answer proves nothing.
  std::string token = "alive " + std::to_string(getpid()) + "-" + std::to_string(++count);
  return clipbook::putAndGet((std::uint16_t)dwPort, (long)GetProcessId(hProcess), token, patience) ? TRUE : FALSE;
}
