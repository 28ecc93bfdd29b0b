/* Header names in the letter cases that sources use; strictest C that still has `long long`. */
#include <ClusApi.h>
#include <ResApi.h>

CLUSTER_RESOURCE_STATE headersInC89(void) { return ClusterResourceCannotComeOnlineOnThisNode; }
