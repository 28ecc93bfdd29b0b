// How clussvc ends, for scripts and systemd. Listed by --help.
#pragma once

namespace holdfast::clussvc {

enum ExitCode : int {
  kExitStopped = 0,     ///< clean stop
  kExitFailed = 1,      ///< anything not listed here
  kExitUsage = 2,       ///< command line or configuration file
  kExitDamaged = 3,     ///< the database is damaged
  kExitForeign = 4,     ///< the database is another program's, or of a later version
  kExitRunning = 5,     ///< another clussvc runs here, or something has the database locked
  kExitUnwritable = 6,  ///< a file or folder cannot be written, or the disk is full
};

}  // namespace holdfast::clussvc
