// The buckets of histograms. `HistogramBuckets` in Types says which numbers belong to which.
#include "integers.h"

// Returns the place of the highest bit of `number` that is set.
//
// The BPF machine has no instruction for it.
static inline u32 highest_bit(u64 number) {
  u32 result = 0;
  if (number >> 32) {
    number >>= 32;
    result += 32;
  }
  if (number >> 16) {
    number >>= 16;
    result += 16;
  }
  if (number >> 8) {
    number >>= 8;
    result += 8;
  }
  if (number >> 4) {
    number >>= 4;
    result += 4;
  }
  if (number >> 2) {
    number >>= 2;
    result += 2;
  }
  return result + (u32)(number >> 1);
}

// Returns the bucket of `number` in a histogram with 2^`bits` buckets for each power of two.
u32 apus_histogram_bucket(u64 number, u32 bits) {
  if ((s64)number < 0)
    return 0;
  if (number >> bits == 0)
    return 1 + (u32)number;
  u32 power = highest_bit(number);
  u32 within = (u32)(number >> (power - bits)) & ((1u << bits) - 1);
  return 1 + ((power - bits + 1) << bits) + within;
}

// Returns the bucket of `number` among buckets of width `step` from `minimum` to `maximum`, with one more at each end.
u32 apus_linear_bucket(s64 number, s64 minimum, s64 maximum, s64 step) {
  if (number < minimum)
    return 0;
  if (number >= maximum)
    return 2 + (u32)(((u64)maximum - (u64)minimum - 1) / (u64)step);
  return 1 + (u32)(((u64)number - (u64)minimum) / (u64)step);
}
