// Histograms.
#include "programs.h"

MAP(powers, BPF_MAP_TYPE_PERCPU_ARRAY, 1, u32, u64[66]);
MAP(buckets, BPF_MAP_TYPE_PERCPU_ARRAY, 1, u32, u64[102]);

// Returns the number of the uppermost bit of `number` that is set, in the way that BPF programs usually find it.
static __always_inline u32 logarithm(u64 number) {
  u32 result = 0, shift, word = number;
  if (number >> 32) {
    result = 32;
    word = number >> 32;
  }
  shift = (word > 0xffff) << 4;
  word >>= shift;
  result |= shift;
  shift = (word > 0xff) << 3;
  word >>= shift;
  result |= shift;
  shift = (word > 0xf) << 2;
  word >>= shift;
  result |= shift;
  shift = (word > 3) << 1;
  word >>= shift;
  return result | shift | word >> 1;
}

// @ = hist(nsecs & 0xffff)
PROGRAM(histogram) {
  u64 number = bpf_ktime_get_boot_ns() & 0xffff;
  u32 bucket = number ? 2 + logarithm(number) : 1;
  u32 key = 0;
  u64 *value = bpf_map_lookup_elem(&powers, &key);
  if (value && bucket < 66)
    value[bucket]++;
  return 0;
}

// @ = lhist(pid % 1000, 0, 1000, 10)
PROGRAM(linear) {
  u64 number = (bpf_get_current_pid_tgid() >> 32) % 1000;
  u32 bucket = 1 + number / 10;
  // The compiler knows that this is less than 102, but the verifier does not.
  barrier_var(bucket);
  u32 key = 0;
  u64 *value = bpf_map_lookup_elem(&buckets, &key);
  if (value && bucket < 102)
    value[bucket]++;
  return 0;
}

// nsecs: the clock that is most of what a histogram of times costs.
u64 now;
PROGRAM(clock) {
  now = bpf_ktime_get_boot_ns();
  return 0;
}
