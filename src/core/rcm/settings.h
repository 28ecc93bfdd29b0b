// Effective settings: the resource's value, else its type's, else the default (RA L6, CM-17).
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/types.h"
#include "core/database/tree.h"
#include "core/monitor/messages.h"
#include "core/rcm/restart_policy.h"

namespace holdfast::rcm {

/// A DWORD common property of the object at `key`: stored and of the right type, else the default.
std::uint32_t commonDword(const database::Tree& tree, ObjectKind kind, std::string_view key, std::string_view name);

monitor::Settings effectiveSettings(const database::Tree& tree, std::string_view resource, std::string_view type);
monitor::TypeInfo typeInfo(const database::Tree& tree, std::string_view type);
RestartRules restartRules(const database::Tree& tree, std::string_view resource);

/// The resource's own persistent state, else its group's (CM §14).
bool persistentlyOnline(const database::Tree& tree, std::string_view resource, std::string_view group);

}  // namespace holdfast::rcm
