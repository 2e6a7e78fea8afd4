// Perf events of all kinds, and the rings that the kernel writes their records into.
#pragma once
#include <errno.h>
#include <linux/perf_event.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// Opens a perf event that counts for `thread` on every CPU or, if that is negative, for every process on `cpu`; the
// descriptor, or -errno.
static inline int cbpf_open_event_of(struct perf_event_attr *attributes, int thread, int cpu) {
  long result =
    syscall(SYS_perf_event_open, attributes, thread < 0 ? -1 : thread, thread < 0 ? cpu : -1, -1, PERF_FLAG_FD_CLOEXEC);
  return result < 0 ? -errno : (int)result;
}

// Opens a perf event that counts for every process on `cpu`; the descriptor, or -errno.
static inline int cbpf_open_event(struct perf_event_attr *attributes, int cpu) {
  return cbpf_open_event_of(attributes, -1, cpu);
}

// Opens an event on the tracepoint with the given number; the descriptor, or -errno.
static inline int cbpf_open_tracepoint_event(__u64 id, int cpu) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_TRACEPOINT;
  attributes.config = id;
  return cbpf_open_event(&attributes, cpu);
}

// Opens an event on a kprobe at `offset` bytes behind the start of `function`, or at the address `offset` if `function` is
// null; the descriptor, or -errno. `type` is the number of the kernel's kprobe event source.
static inline int cbpf_open_kprobe_event(
    __u32 type, const char *function, __u64 offset, bool is_return, int cpu) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = type;
  // PERF_PROBE_CONFIG_IS_RETPROBE in kernel/events/core.c.
  attributes.config = is_return ? 1 : 0;
  attributes.config1 = (__u64)(unsigned long)function;
  attributes.config2 = offset;
  return cbpf_open_event(&attributes, cpu);
}

// Opens an event on a uprobe at `offset` in the file at `path`, in the given process, or in all if it is -1; the descriptor, or
// -errno. `type` is the number of the kernel's uprobe event source, `semaphore` the place in the file of the counter that
// the kernel raises meanwhile, 0 for none.
static inline int cbpf_open_uprobe_event(
    __u32 type, const char *path, __u64 offset, __u32 semaphore, bool is_return, int process) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = type;
  // PERF_PROBE_CONFIG_IS_RETPROBE and PERF_UPROBE_REF_CTR_OFFSET_SHIFT in kernel/events/core.c.
  attributes.config = (is_return ? 1 : 0) | (__u64)semaphore << 32;
  attributes.config1 = (__u64)(unsigned long)path;
  attributes.config2 = offset;
  return cbpf_open_event_of(&attributes, process, 0);
}

// Opens an event that fires whenever `period` events have been counted of `thread` and the threads that it makes from now
// on or, if that is negative, on `cpu`. It waits to be enabled. The descriptor, or -errno.
static inline int cbpf_open_counter_event(bool is_hardware, __u64 config, __u64 period, int thread, int cpu) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = is_hardware ? PERF_TYPE_HARDWARE : PERF_TYPE_SOFTWARE;
  attributes.config = config;
  attributes.sample_period = period;
  attributes.disabled = 1;
  attributes.inherit = attributes.inherit_thread = thread >= 0;
  return cbpf_open_event_of(&attributes, thread, cpu);
}

// Opens an event that fires when memory of `thread` and the threads that it makes from now on or, if that is negative, on `cpu`
// is accessed. It waits to be enabled. The descriptor, or -errno.
static inline int cbpf_open_breakpoint_event(__u64 address, __u64 length, __u32 access, int thread, int cpu) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_BREAKPOINT;
  attributes.bp_type = access;
  attributes.bp_addr = address;
  attributes.bp_len = length;
  attributes.sample_period = 1;
  attributes.disabled = 1;
  attributes.inherit = attributes.inherit_thread = thread >= 0;
  return cbpf_open_event_of(&attributes, thread, cpu);
}

// Enables an event; 0, or -errno.
static inline int cbpf_enable_event(int event) {
  return ioctl(event, PERF_EVENT_IOC_ENABLE, 0) < 0 ? -errno : 0;
}

// Opens an event that reports what the processes of all of the machine do on `cpu`: programs that they run, executable
// memory that they map, children, ends; the descriptor, or -errno. Records end in a time of CLOCK_BOOTTIME.
static inline int cbpf_open_process_events(int cpu) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.config = PERF_COUNT_SW_DUMMY;
  attributes.sample_type = PERF_SAMPLE_TIME;
  attributes.sample_id_all = 1;
  attributes.mmap = 1;
  attributes.mmap2 = 1;
  attributes.comm = 1;
  attributes.comm_exec = 1;
  attributes.task = 1;
  attributes.exclude_kernel = 1;
  attributes.use_clockid = 1;
  attributes.clockid = CLOCK_BOOTTIME;
  attributes.watermark = 1;
  attributes.wakeup_watermark = 1;
  return cbpf_open_event(&attributes, cpu);
}

// Returns how far the kernel has written into the ring whose first page is `page`.
static inline __u64 cbpf_ring_head(const struct perf_event_mmap_page *page) {
  return __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
}

// Tells the kernel that the ring whose first page is `page` was read up to `tail`.
static inline void cbpf_ring_release(struct perf_event_mmap_page *page, __u64 tail) {
  __atomic_store_n(&page->data_tail, tail, __ATOMIC_RELEASE);
}
