// Events for user space.
#include "programs.h"

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 1 << 22);
} events SEC(".maps");

// The event.
struct event {
  u64 kind;
  u32 pid, tid;
  u64 comm[2];
  u32 cpu, unused;
};

u64 lost;

// Nobody is woken: the reader looks every millisecond.
// printf("%d %s %d %d\n", pid, comm, tid, cpu)
PROGRAM(printing) {
  struct event *event = bpf_ringbuf_reserve(&events, sizeof *event, 0);
  if (!event) {
    __sync_fetch_and_add(&lost, 1);
    return 0;
  }
  u64 id = bpf_get_current_pid_tgid();
  event->kind = 0;
  event->pid = id >> 32;
  event->tid = id;
  read_comm(event->comm);
  event->cpu = bpf_get_smp_processor_id();
  bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
  return 0;
}
