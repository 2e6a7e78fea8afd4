// Stacks.
#include "programs.h"

#define FRAMES 127

// The key of a map by the stack of a process.
struct process_stack {
  u32 pid;
  u32 stack;
};

struct {
  __uint(type, BPF_MAP_TYPE_STACK_TRACE);
  __uint(max_entries, ENTRIES);
  __uint(key_size, sizeof(u32));
  __uint(value_size, FRAMES * sizeof(u64));
} stacks SEC(".maps");

MAP(by_stack, BPF_MAP_TYPE_PERCPU_HASH, ENTRIES, u32, u64);
MAP(by_process_stack, BPF_MAP_TYPE_PERCPU_HASH, ENTRIES, struct process_stack, u64);

// @[kstack] = count()
PROGRAM(kernel_stack) {
  s64 stack = bpf_get_stackid(ctx, &stacks, 0);
  if (stack < 0)
    return 0;
  u32 key = stack;
  count(&by_stack, &key);
  return 0;
}

// @[ustack] = count()
PROGRAM(user_stack) {
  s64 stack = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
  if (stack < 0)
    return 0;
  struct process_stack key = {.pid = bpf_get_current_pid_tgid() >> 32, .stack = stack};
  count(&by_process_stack, &key);
  return 0;
}
