// The buckets of histograms. `HistogramBuckets` in Types says which numbers belong to which.
#include "integers.h"

// Returns the bucket of `number` in a histogram with 2^`bits` buckets for each power of two.
u32 apus_histogram_bucket(u64 number, u32 bits) {
  if ((s64)number < 0)
    return 0;
  if (number >> bits == 0)
    return 1 + (u32)number;
  u32 power = 63 - __builtin_clzll(number);
  u32 within = (u32)(number >> (power - bits)) & ((1u << bits) - 1);
  return 1 + ((power - bits + 1) << bits) + within;
}

// Returns the bucket of `number` among buckets of width `step` from `minimum` to `maximum`, with one more at each end. Negative numbers
// are in one behind all others if the first one holds others too.
u32 apus_linear_bucket(s64 number, s64 minimum, s64 maximum, s64 step) {
  if (number < minimum)
    return minimum > 0 && number < 0 ? 3 + (u32)(((u64)maximum - (u64)minimum - 1) / (u64)step) : 0;
  if (number >= maximum)
    return 2 + (u32)(((u64)maximum - (u64)minimum - 1) / (u64)step);
  return 1 + (u32)(((u64)number - (u64)minimum) / (u64)step);
}
