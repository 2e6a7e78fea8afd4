// Maps with keys.
#include "programs.h"

// The key of a map by process and name.
struct pid_and_comm {
  u32 pid;
  u32 unused;
  u64 comm[2];
};

// A name.
struct name {
  u64 words[2];
};

// A text.
struct text {
  char bytes[64];
};

// A long text.
struct long_text {
  char bytes[1024];
};

MAP(by_pid, BPF_MAP_TYPE_PERCPU_HASH, ENTRIES, u32, u64);
MAP(by_comm, BPF_MAP_TYPE_PERCPU_HASH, ENTRIES, struct name, u64);
MAP(by_both, BPF_MAP_TYPE_PERCPU_HASH, ENTRIES, struct pid_and_comm, u64);
MAP(by_text, BPF_MAP_TYPE_PERCPU_HASH, ENTRIES, struct text, u64);
MAP(by_long_text, BPF_MAP_TYPE_PERCPU_HASH, ENTRIES, struct long_text, u64);
MAP(memory, BPF_MAP_TYPE_PERCPU_ARRAY, 1, u32, struct long_text);
MAP(by_probe, BPF_MAP_TYPE_PERCPU_ARRAY, 1, u32, u64);
MAP(starts, BPF_MAP_TYPE_HASH, ENTRIES, u32, u64);

// @[pid] = count()
PROGRAM(by_process) {
  u32 pid = bpf_get_current_pid_tgid() >> 32;
  count(&by_pid, &pid);
  return 0;
}

// @[comm] = count()
PROGRAM(by_name) {
  struct name key;
  read_comm(key.words);
  count(&by_comm, &key);
  return 0;
}

// @[pid, comm] = count()
PROGRAM(by_tuple) {
  struct pid_and_comm key = {.pid = bpf_get_current_pid_tgid() >> 32};
  read_comm(key.comm);
  count(&by_both, &key);
  return 0;
}

// @s[tid] = nsecs
PROGRAM(starting) {
  u32 tid = bpf_get_current_pid_tgid();
  u64 now = bpf_ktime_get_boot_ns();
  u64 *value = bpf_map_lookup_elem(&starts, &tid);
  if (value)
    *value = now;
  else
    bpf_map_update_elem(&starts, &tid, &now, BPF_ANY);
  return 0;
}

// /comm == "measure"/ { @[probe] = count(); }
PROGRAM(predicate) {
  struct task_struct *task = bpf_get_current_task_btf();
  if (*(const u64 *)task->comm != 0x006572757361656dull)
    return 0;
  u32 key = 0;
  u64 *value = bpf_map_lookup_elem(&by_probe, &key);
  if (value)
    ++*value;
  return 0;
}

#define ACCESS_PROGRAM(name) SEC("tracepoint/syscalls/sys_enter_access") int name(struct syscall_enter *ctx)

// @[str(args->filename)] = count(), of at most 64 bytes
ACCESS_PROGRAM(by_string) {
  struct text key = {};
  bpf_probe_read_user_str(key.bytes, sizeof key.bytes, (const void *)ctx->arguments[0]);
  count(&by_text, &key);
  return 0;
}

// @[str(args->filename)] = count(), of at most 1024 bytes
ACCESS_PROGRAM(by_long_string) {
  u32 zero = 0;
  struct long_text *key = bpf_map_lookup_elem(&memory, &zero);
  if (!key)
    return 0;
  s64 size = bpf_probe_read_user_str(key->bytes, sizeof key->bytes, (const void *)ctx->arguments[0]);
  if (size < 0)
    size = 0;
  // Zeros up to the next word, and then by the word. The verifier must see each index compared.
  u64 *words = (u64 *)key->bytes, position = size / 8;
  if (position < 128)
    words[position] &= (1ull << size % 8 * 8) - 1;
  for (position++; position < 128; position++) {
    barrier_var(position);
    if (position >= 128)
      break;
    words[position] = 0;
  }
  count(&by_long_text, key);
  return 0;
}

// Nothing, where those are measured.
ACCESS_PROGRAM(empty_access) { return 0; }
