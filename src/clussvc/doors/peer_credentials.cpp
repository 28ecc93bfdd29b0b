#include "clussvc/doors/peer_credentials.h"

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <vector>

namespace holdfast::clussvc::doors {

bool isMemberOf(unsigned uid, unsigned gid, const std::string& group) {
  std::vector<char> buffer(64 << 10);
  struct group entry{};
  struct group* found = nullptr;
  if (group.empty() || getgrnam_r(group.c_str(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found) {
    return false;
  }
  const gid_t wanted = entry.gr_gid;
  if (gid == wanted) return true;
  struct passwd user{};
  struct passwd* known = nullptr;
  if (getpwuid_r(uid, &user, buffer.data(), buffer.size(), &known) != 0 || !known) return false;
  std::vector<gid_t> groups(256);
  int count = static_cast<int>(groups.size());
  if (getgrouplist(user.pw_name, user.pw_gid, groups.data(), &count) < 0) {
    groups.resize(static_cast<std::size_t>(count));
    if (getgrouplist(user.pw_name, user.pw_gid, groups.data(), &count) < 0) return false;
  }
  groups.resize(static_cast<std::size_t>(count));
  return std::ranges::find(groups, wanted) != groups.end();
}

Peer peerOf(int socket, const std::string& group) {
  struct ucred credentials{};
  socklen_t size = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
    return {"unknown peer", false, false, false};
  std::string program;
  std::ifstream("/proc/" + std::to_string(credentials.pid) + "/comm") >> program;
  Peer peer;
  peer.actor = "uid " + std::to_string(credentials.uid) + " pid " + std::to_string(credentials.pid);
  if (!program.empty()) peer.actor += " (" + program + ")";
  peer.mayRead = true;
  peer.mayWrite =
      credentials.uid == 0 || credentials.uid == geteuid() || isMemberOf(credentials.uid, credentials.gid, group);
  return peer;
}

}  // namespace holdfast::clussvc::doors
