// Who is at the other end of a local socket, and what they may do.
#pragma once

#include <string>

#include "clussvc/doors/session.h"

namespace holdfast::clussvc::doors {

/// From SO_PEERCRED. Full access: root, the uid of this process, members of `group` (if it is not empty); others read.
/// A connection whose credentials are unknown may do nothing.
Peer peerOf(int socket, const std::string& group);

/// Is the user a member of the group, by its primary group or by the group's list?
bool isMemberOf(unsigned uid, unsigned gid, const std::string& group);

}  // namespace holdfast::clussvc::doors
