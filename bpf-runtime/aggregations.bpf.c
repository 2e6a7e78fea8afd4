// What the CPUs have gathered in one element of a map, put together. `Aggregation` in Types says what is in the words.
#include "integers.h"

// `bpf_map_lookup_percpu_elem` of include/uapi/linux/bpf.h, in the kernel since 5.19.
static void *(*const map_lookup_percpu_elem)(void *map, const void *key, u32 cpu) = (void *)195;

// Returns the sum over `cpus` CPUs of the word at index `word`.
u64 apus_gathered_sum(void *map, const void *key, u32 cpus, u32 word) {
  u64 sum = 0;
  for (u32 cpu = 0; cpu < cpus; cpu++) {
    u64 *words = map_lookup_percpu_elem(map, key, cpu);
    if (words)
      sum += words[word];
  }
  return sum;
}

// Returns the sum of the first words divided by the sum of the second ones, 0 if that is 0.
u64 apus_gathered_average(void *map, const void *key, u32 cpus, u32 is_signed) {
  u64 sum = apus_gathered_sum(map, key, cpus, 0);
  u64 count = apus_gathered_sum(map, key, cpus, 1);
  if (count == 0)
    return 0;
  if (is_signed && (s64)sum < 0)
    return -(-sum / count);
  return sum / count;
}

// Returns the least or the greatest of the first words whose second word is not 0, 0 if there is none.
u64 apus_gathered_extreme(void *map, const void *key, u32 cpus, u32 is_signed, u32 is_greatest) {
  // Signed numbers are in order as unsigned ones when their topmost bit is the other way round.
  u64 flip = is_signed ? 1ull << 63 : 0;
  u64 result = 0;
  u32 is_set = 0;
  for (u32 cpu = 0; cpu < cpus; cpu++) {
    u64 *words = map_lookup_percpu_elem(map, key, cpu);
    if (!words || !words[1])
      continue;
    u64 number = words[0] ^ flip;
    if (!is_set || (is_greatest ? number > result : number < result))
      result = number;
    is_set = 1;
  }
  return is_set ? result ^ flip : 0;
}
