// What the programs share that apus is measured against: each does by hand, in the fastest way that we know, what one line of a
// script says. `parts/cost` has these lines.
#pragma once
#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

typedef __u8 u8;
typedef __u32 u32;
typedef __u64 u64;
typedef __s64 s64;

#define ENTRIES 4096

// The members of the kernel's types that are read.
struct task_struct {
  char comm[16];
} __attribute__((preserve_access_index));

// What the tracepoint of a system call hands over, see its `format` in tracefs.
struct syscall_enter {
  u64 common;
  u64 number;
  u64 arguments[6];
};

// The licence, which helpers for tracing ask for.
const char LICENSE[] SEC("license") = "GPL";

// Defines a program on the tracepoint of the system call that the rows are measured with.
#define PROGRAM(name) SEC("tracepoint/syscalls/sys_enter_getppid") int name(void *ctx)

// Defines a map.
#define MAP(name, map_type, entries, key_type, value_type)                                                             \
  struct {                                                                                                             \
    __uint(type, map_type);                                                                                            \
    __uint(max_entries, entries);                                                                                      \
    __type(key, key_type);                                                                                             \
    __type(value, value_type);                                                                                         \
  } name SEC(".maps")

// Returns the current task's `comm` as two words.
static __always_inline void read_comm(u64 words[2]) {
  struct task_struct *task = bpf_get_current_task_btf();
  const u64 *comm = (const u64 *)task->comm;
  words[0] = comm[0];
  words[1] = comm[1];
}

// Adds one to the element of the per-CPU map `map` at `key`, which is made if it is not there.
static __always_inline void count(void *map, const void *key) {
  u64 *value = bpf_map_lookup_elem(map, key);
  if (value) {
    ++*value;
    return;
  }
  u64 zero = 0;
  bpf_map_update_elem(map, key, &zero, BPF_NOEXIST);
  value = bpf_map_lookup_elem(map, key);
  if (value)
    ++*value;
}

// Nothing: what that takes is taken off what the others take.
PROGRAM(empty) { return 0; }
