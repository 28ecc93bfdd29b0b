#include "core/rcm/resource_state.h"

namespace holdfast::rcm {
namespace {

struct Shown {
  ResourceState operator()(const state::Offline&) const { return ResourceState::Offline; }
  ResourceState operator()(const state::Preparing& s) const { return s.from; }
  ResourceState operator()(const state::Starting& s) const { return s.shown; }
  ResourceState operator()(const state::Online&) const { return ResourceState::Online; }
  ResourceState operator()(const state::Stopping& s) const { return s.shown; }
  ResourceState operator()(const state::Failing&) const { return ResourceState::Failed; }
  ResourceState operator()(const state::Failed&) const { return ResourceState::Failed; }
};

struct Up {
  bool operator()(const state::Offline&) const { return false; }
  bool operator()(const state::Preparing&) const { return false; }
  bool operator()(const state::Starting&) const { return true; }
  bool operator()(const state::Online&) const { return true; }
  bool operator()(const state::Stopping&) const { return true; }
  bool operator()(const state::Failing&) const { return true; }
  bool operator()(const state::Failed&) const { return false; }
};

}  // namespace

ResourceState shown(const State& state) { return std::visit(Shown{}, state); }

bool isUp(const State& state) { return std::visit(Up{}, state); }

}  // namespace holdfast::rcm
