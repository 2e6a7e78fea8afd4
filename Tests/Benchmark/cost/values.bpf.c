// Maps without keys.
#include "programs.h"

// What programs gather that keep more than one number.
struct gathered {
  u64 number;
  u64 count;
};

MAP(counts, BPF_MAP_TYPE_PERCPU_ARRAY, 1, u32, u64);
MAP(gathered, BPF_MAP_TYPE_PERCPU_ARRAY, 1, u32, struct gathered);

u64 x;

// @ = count()
PROGRAM(count_alone) {
  u32 key = 0;
  u64 *value = bpf_map_lookup_elem(&counts, &key);
  if (value)
    ++*value;
  return 0;
}

// @x = @x + 3
PROGRAM(addition) {
  __sync_fetch_and_add(&x, 3);
  return 0;
}

// @ = sum(pid)
PROGRAM(sum) {
  u32 key = 0;
  u64 *value = bpf_map_lookup_elem(&counts, &key);
  if (value)
    *value += bpf_get_current_pid_tgid() >> 32;
  return 0;
}

// @ = avg(pid), and @ = stats(pid)
PROGRAM(average) {
  u32 key = 0;
  struct gathered *value = bpf_map_lookup_elem(&gathered, &key);
  if (value) {
    value->number += bpf_get_current_pid_tgid() >> 32;
    value->count++;
  }
  return 0;
}

// @ = min(pid)
PROGRAM(minimum) {
  u64 number = bpf_get_current_pid_tgid() >> 32;
  u32 key = 0;
  struct gathered *value = bpf_map_lookup_elem(&gathered, &key);
  if (value && (!value->count || number < value->number)) {
    value->number = number;
    value->count = 1;
  }
  return 0;
}

// @ = max(pid)
PROGRAM(maximum) {
  u64 number = bpf_get_current_pid_tgid() >> 32;
  u32 key = 0;
  struct gathered *value = bpf_map_lookup_elem(&gathered, &key);
  if (value && (!value->count || number > value->number)) {
    value->number = number;
    value->count = 1;
  }
  return 0;
}
