// Text.
#include "integers.h"

// Returns 1 iff the texts at `a` and `b`, of less than `capacity` bytes each, are the same up to their zero byte, else 0.
u8 apus_strings_equal(const char *a, const char *b, u32 capacity) {
  for (u32 i = 0; i < capacity; i++) {
    if (a[i] != b[i])
      return 0;
    if (a[i] == 0)
      return 1;
  }
  return 1;
}
