/* Atomic operations, each a full barrier. They return the value before, except Increment, Decrement and Add (after). */
#ifndef HOLDFAST_WININTERLOCKED_H
#define HOLDFAST_WININTERLOCKED_H

#define HOLDFAST_INTERLOCKED(suffix, type)                                                                       \
  static __inline__ type InterlockedIncrement##suffix(type volatile* target) {                                   \
    return __atomic_add_fetch(target, 1, __ATOMIC_SEQ_CST);                                                      \
  }                                                                                                              \
  static __inline__ type InterlockedDecrement##suffix(type volatile* target) {                                   \
    return __atomic_sub_fetch(target, 1, __ATOMIC_SEQ_CST);                                                      \
  }                                                                                                              \
  static __inline__ type InterlockedAdd##suffix(type volatile* target, type value) {                             \
    return __atomic_add_fetch(target, value, __ATOMIC_SEQ_CST);                                                  \
  }                                                                                                              \
  static __inline__ type InterlockedExchangeAdd##suffix(type volatile* target, type value) {                     \
    return __atomic_fetch_add(target, value, __ATOMIC_SEQ_CST);                                                  \
  }                                                                                                              \
  static __inline__ type InterlockedExchange##suffix(type volatile* target, type value) {                        \
    return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);                                                 \
  }                                                                                                              \
  static __inline__ type InterlockedAnd##suffix(type volatile* target, type value) {                             \
    return __atomic_fetch_and(target, value, __ATOMIC_SEQ_CST);                                                  \
  }                                                                                                              \
  static __inline__ type InterlockedOr##suffix(type volatile* target, type value) {                              \
    return __atomic_fetch_or(target, value, __ATOMIC_SEQ_CST);                                                   \
  }                                                                                                              \
  static __inline__ type InterlockedXor##suffix(type volatile* target, type value) {                             \
    return __atomic_fetch_xor(target, value, __ATOMIC_SEQ_CST);                                                  \
  }                                                                                                              \
  static __inline__ type InterlockedCompareExchange##suffix(type volatile* target, type value, type comparand) { \
    __atomic_compare_exchange_n(target, &comparand, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);               \
    return comparand;                                                                                            \
  }
HOLDFAST_INTERLOCKED(, LONG)
HOLDFAST_INTERLOCKED(64, LONG64)
#undef HOLDFAST_INTERLOCKED

static __inline__ PVOID InterlockedExchangePointer(PVOID volatile* target, PVOID value) {
  return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}
static __inline__ PVOID InterlockedCompareExchangePointer(PVOID volatile* target, PVOID value, PVOID comparand) {
  __atomic_compare_exchange_n(target, &comparand, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return comparand;
}

#endif
