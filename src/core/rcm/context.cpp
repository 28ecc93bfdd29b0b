#include "core/rcm/context.h"

namespace holdfast::rcm {

void Proposals::propose(database::Batch batch, Cause cause, const RequestId& request, Done done) {
  if (batch.commands.empty()) {
    done(0);
    return;
  }
  const std::uint64_t token = ++lastToken_;
  waiting_.emplace(token, std::move(done));
  context_.effects->proposals.push_back({token, std::move(batch), std::move(cause), request});
}

void Proposals::onDone(std::uint64_t token, const Result<std::uint64_t>& result) {
  const auto found = waiting_.find(token);
  if (found == waiting_.end()) return;
  const Done done = std::move(found->second);
  waiting_.erase(found);
  done(result);
}

}  // namespace holdfast::rcm
