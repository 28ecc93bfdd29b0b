// Limits of the cluster database; what goes beyond is refused whole with ERROR_INVALID_PARAMETER (87).
#pragma once

#include <cstddef>

namespace holdfast::database {

inline constexpr std::size_t kMaxNameLength_bytes = 255 * 4;  ///< of one key or value: 255 characters of any language
inline constexpr std::size_t kMaxDepth = 32;                  ///< names in a path: objects need five
inline constexpr std::size_t kMaxValue_bytes = 1u << 20;      ///< of one value, as stored
inline constexpr std::size_t kMaxBatch_commands = 10'000;     ///< of one update: it travels in one message
/// What the cluster's own bookkeeping may add to a batch that was judged without it.
inline constexpr std::size_t kBookkeeping_commands = 64;
inline constexpr std::size_t kMaxBatch_bytes = 3u << 20;  ///< of all its values: below the frame's limit with room

}  // namespace holdfast::database
