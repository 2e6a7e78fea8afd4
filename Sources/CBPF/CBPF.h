// The parts of libbpf and of the kernel's interface that apus uses, and what Swift cannot say: calls with variable
// arguments, and structures with bit fields and nested unions.
#pragma once
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/capability.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/statfs.h>
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>
#include "perf-events.h"

// Attaches a program to a perf event; the link's descriptor, or -errno.
static inline int cbpf_link_event(int program, int event, __u64 cookie) {
  LIBBPF_OPTS(bpf_link_create_opts, options, .perf_event.bpf_cookie = cookie);
  return bpf_link_create(program, event, BPF_PERF_EVENT, &options);
}

// BPF_TRACE_KPROBE_SESSION, which kernels before 6.10 and libbpf before 1.5 do not know.
static const enum bpf_attach_type cbpf_trace_kprobe_session = (enum bpf_attach_type)56;

// Attaches a program to many functions in the given way, which libbpf may not know; the link's descriptor, or -errno.
static inline int cbpf_link_many(int program, enum bpf_attach_type type, union bpf_attr *attributes) {
  attributes->link_create.prog_fd = (__u32)program;
  attributes->link_create.attach_type = type;
  long result = syscall(SYS_bpf, BPF_LINK_CREATE, attributes, sizeof *attributes);
  return result < 0 ? -errno : (int)result;
}

// Attaches a program to the entries or returns of functions, or to both; the link's descriptor, or -errno.
static inline int cbpf_link_functions(
    int program, enum bpf_attach_type type, const char **names, const __u64 *cookies, __u32 count, bool is_return) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.link_create.kprobe_multi.syms = (__u64)(unsigned long)names;
  attributes.link_create.kprobe_multi.cookies = (__u64)(unsigned long)cookies;
  attributes.link_create.kprobe_multi.cnt = count;
  attributes.link_create.kprobe_multi.flags = is_return ? BPF_F_KPROBE_MULTI_RETURN : 0;
  return cbpf_link_many(program, type, &attributes);
}

// Opens an object from memory, to be loaded with its programs' logs wherever they are told to go.
static inline struct bpf_object *cbpf_open_object(const void *bytes, size_t count, const char *name) {
  LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = name);
  return bpf_object__open_mem(bytes, count, &options);
}

// Loads a program; the descriptor, or -errno.
static inline int cbpf_load_program(
    enum bpf_prog_type type, enum bpf_attach_type attach_type, const void *instructions, size_t count) {
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = attach_type);
  return bpf_prog_load(type, "apus_probe", "GPL", (const struct bpf_insn *)instructions, count, &options);
}

// Loads a program and leaves what the verifier says about it in `log`; the descriptor of the program, or -errno.
static inline int cbpf_load_program_with_log(
    enum bpf_prog_type type, enum bpf_attach_type attach_type, const void *instructions, size_t count, char *log,
    size_t log_size) {
  LIBBPF_OPTS(bpf_prog_load_opts, options,
    .expected_attach_type = attach_type,
    .log_level = 1,
    .log_buf = log,
    .log_size = (__u32)log_size);
  return bpf_prog_load(type, "apus_probe", "GPL", (const struct bpf_insn *)instructions, count, &options);
}

// Runs a program that takes no context once, on `cpu` unless that is negative; 0, or -errno.
static inline int cbpf_run_program(int program, int cpu) {
  LIBBPF_OPTS(bpf_test_run_opts, options);
  if (cpu >= 0) {
    options.flags = BPF_F_TEST_RUN_ON_CPU;
    options.cpu = (__u32)cpu;
  }
  return bpf_prog_test_run_opts(program, &options);
}

// Loads a program that writes the kernel's name for the address in its first argument to the one element of the array `texts`,
// of `size` bytes, by the format at the start of the frozen array `formats`; the descriptor, or -errno.
static inline int cbpf_load_address_namer(int formats, int texts, int size) {
  const struct bpf_insn instructions[] = {
    {.code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = BPF_REG_6, .src_reg = BPF_REG_1},
    {.code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = BPF_REG_10, .src_reg = BPF_REG_6, .off = -8},
    {.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1, .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = texts},
    {.code = 0},
    {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_2, .imm = size},
    {.code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_3, .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = formats},
    {.code = 0},
    {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_4, .src_reg = BPF_REG_10},
    {.code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_4, .imm = -8},
    {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_5, .imm = 8},
    {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_snprintf},
    {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
    {.code = BPF_JMP | BPF_EXIT},
  };
  return bpf_prog_load(
    BPF_PROG_TYPE_RAW_TRACEPOINT, "apus_names", "GPL", instructions, sizeof instructions / sizeof *instructions, NULL);
}

// Creates an array with one element of `size` bytes; if `contents` is not NULL, it is that, and never changes. The descriptor, or
// -errno.
static inline int cbpf_create_text(const char *name, int size, const void *contents) {
  LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = contents ? BPF_F_RDONLY_PROG : 0);
  int map = bpf_map_create(BPF_MAP_TYPE_ARRAY, name, 4, (__u32)size, 1, &options);
  if (map < 0 || !contents) return map;
  const __u32 key = 0;
  int status = bpf_map_update_elem(map, &key, contents, BPF_ANY);
  if (status == 0) status = bpf_map_freeze(map);
  if (status == 0) return map;
  close(map);
  return status;
}

// Runs a raw tracepoint's program with one argument; 0, or -errno.
static inline int cbpf_run_program_with_argument(int program, __u64 argument) {
  LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = &argument, .ctx_size_in = sizeof argument);
  return bpf_prog_test_run_opts(program, &options);
}

// Asks to attach a program to a function whose address cannot be read; -EFAULT if the kernel can attach to many.
static inline int cbpf_link_unreadable_addresses(int program, enum bpf_attach_type type) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.link_create.kprobe_multi.addrs = 1;
  attributes.link_create.kprobe_multi.cnt = 1;
  int link = cbpf_link_many(program, type, &attributes);
  if (link >= 0) close(link);
  return link;
}

// Waits until whatever the kernel runs under RCU now has ended, as `synchronize_rcu` does; 0 or -errno.
static inline int cbpf_wait_for_grace_period(void) {
  return syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0) < 0 ? -errno : 0;
}

// Returns the position at `address`, and sees whatever its writer wrote before it.
static inline __u64 cbpf_load_position(const void *address) {
  return __atomic_load_n((const __u64 *)address, __ATOMIC_ACQUIRE);
}

// Writes `position` to `address` for the kernel to see, behind all that was read before.
static inline void cbpf_store_position(void *address, __u64 position) {
  __atomic_store_n((__u64 *)address, position, __ATOMIC_RELEASE);
}

// Returns the word with the length of the record at `address`, and sees whatever its writer wrote before it.
static inline __u32 cbpf_load_length(const void *address) {
  return __atomic_load_n((const __u32 *)address, __ATOMIC_ACQUIRE);
}

// Makes `watcher`, an epoll file, readable while `file` is: for the first time of that only, if `once`.
static inline void cbpf_watch(int watcher, int file, bool once, bool again) {
  struct epoll_event event = {.events = EPOLLIN | (once ? EPOLLONESHOT : 0), .data.fd = file};
  epoll_ctl(watcher, again ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, file, &event);
}

// Returns a file that `watcher`, an epoll file, watches and that is readable, or -1.
static inline int cbpf_readable_file(int watcher) {
  struct epoll_event event;
  return epoll_wait(watcher, &event, 1, 0) == 1 ? event.data.fd : -1;
}

// Makes `timer` readable `nanoseconds` from now, once.
static inline void cbpf_start_timer(int timer, long nanoseconds) {
  struct itimerspec setting = {.it_value.tv_nsec = nanoseconds};
  timerfd_settime(timer, 0, &setting, NULL);
}

// Returns a timer that is not started, a file.
static inline int cbpf_create_timer(void) { return timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); }

// Returns the number of the kind of file system that `path` is in (include/uapi/linux/magic.h), or -errno.
static inline long cbpf_file_system(const char *path) {
  struct statfs system;
  return statfs(path, &system) < 0 ? -errno : (long)system.f_type;
}

// Returns a file that can watch others, an epoll file.
static inline int cbpf_create_watcher(void) { return epoll_create1(EPOLL_CLOEXEC); }
// BPF_TRACE_UPROBE_MULTI in `enum bpf_attach_type` (linux/bpf.h) since Linux 6.6.
static const enum bpf_attach_type cbpf_trace_uprobe_multi = (enum bpf_attach_type)48;

// What `bpf(BPF_LINK_CREATE)` takes for uprobe_multi links: that part of `union bpf_attr` (linux/bpf.h) since Linux 6.6.
struct cbpf_uprobe_multi {
  __u32 program;
  __u32 target;
  __u32 attach_type;
  __u32 link_flags;
  __u64 path;
  __u64 offsets;
  __u64 semaphores;
  __u64 cookies;
  __u32 count;
  __u32 flags;
  __u32 process;
  __u32 padding;
};

// Attaches a program to places in the file at `path`, in the given process, or in all if it is 0; the link's descriptor, or -errno.
static inline int cbpf_link_user_code(
    int program, const char *path, const __u64 *offsets, const __u64 *semaphores, const __u64 *cookies, __u32 count,
    bool is_return, __u32 process) {
  struct cbpf_uprobe_multi attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.program = (__u32)program;
  attributes.attach_type = cbpf_trace_uprobe_multi;
  attributes.path = (__u64)(unsigned long)path;
  attributes.offsets = (__u64)(unsigned long)offsets;
  attributes.semaphores = (__u64)(unsigned long)semaphores;
  attributes.cookies = (__u64)(unsigned long)cookies;
  attributes.count = count;
  // BPF_F_UPROBE_MULTI_RETURN
  attributes.flags = is_return ? 1 : 0;
  attributes.process = process;
  long result = syscall(SYS_bpf, BPF_LINK_CREATE, &attributes, sizeof attributes);
  return result < 0 ? -errno : (int)result;
}

// Returns a counter that is not counted up, a file that is readable when it is; or -errno.
static inline int cbpf_create_counter(void) {
  int counter = eventfd(0, EFD_CLOEXEC);
  return counter < 0 ? -errno : counter;
}

// Creates an array for one map like `map`; the descriptor, or -errno.
static inline int cbpf_create_map_holder(const char *name, int map) {
  LIBBPF_OPTS(bpf_map_create_opts, options, .inner_map_fd = (__u32)map);
  return bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, name, 4, 4, 1, &options);
}

// Puts `map` into `holder`, an array of maps, which the kernel returns from when the programs that were running have ended.
static inline int cbpf_hold_map(int holder, int map) {
  const __u32 key = 0;
  return bpf_map_update_elem(holder, &key, &map, BPF_ANY);
}

// What the kernel tells about a link to a perf event or to many functions: those parts of `struct bpf_link_info` (linux/bpf.h)
// since Linux 6.7.
struct cbpf_link_info {
  __u32 type;
  __u32 link;
  __u32 program;
  __u32 padding;
  union {
    struct {
      __u64 addresses;
      __u32 count;
      __u32 flags;
      __u64 missed;
    } functions;
    struct {
      __u32 kind;
      __u32 padding;
      __u64 name;
      __u32 name_size;
      __u32 offset;
      __u64 address;
      __u64 missed;
    } event;
  };
};

// Returns how often the kernel came by what `link`, to kprobes, is attached to and could not handle that; 0 if it does not tell.
static inline __u64 cbpf_missed_hits(int link) {
  struct cbpf_link_info info;
  __u32 size = sizeof info;
  memset(&info, 0, sizeof info);
  if (bpf_obj_get_info_by_fd(link, (struct bpf_link_info *)&info, &size) < 0) return 0;
  switch (info.type) {
  case 7:  // BPF_LINK_TYPE_PERF_EVENT; BPF_PERF_EVENT_KPROBE is 3, BPF_PERF_EVENT_KRETPROBE 4.
    return info.event.kind == 3 || info.event.kind == 4 ? info.event.missed : 0;
  case 8:  // BPF_LINK_TYPE_KPROBE_MULTI
    return info.functions.missed;
  default: return 0;
  }
}

// Makes libbpf call `prepare` for the programs in sections called `section` before it loads them; 0 or more, or -errno.
//
// Their kind is a stand-in: for programs of the kind that they are libbpf would read all of the kernel's type information.
static inline int cbpf_register_tracing_section(const char *section, libbpf_prog_prepare_load_fn_t prepare) {
  LIBBPF_OPTS(libbpf_prog_handler_opts, options, .prog_prepare_load_fn = prepare);
  return libbpf_register_prog_handler(section, BPF_PROG_TYPE_RAW_TRACEPOINT, (enum bpf_attach_type)0, &options);
}

// Leaves in `name` the name of the module whose type information the open file `types` stands for, empty if it is none; 0 or
// -errno.
static inline int cbpf_get_types_name(int types, char *name, __u32 size) {
  struct bpf_btf_info info;
  __u32 info_size = sizeof info;
  memset(&info, 0, sizeof info);
  info.name = (__u64)(unsigned long)name;
  info.name_len = size;
  int status = bpf_obj_get_info_by_fd(types, &info, &info_size);
  if (status == 0 && !info.kernel_btf) name[0] = 0;
  return status;
}

// Attaches a program for a function to that; the link's descriptor, or -errno.
static inline int cbpf_link_tracing(int program, enum bpf_attach_type type, __u64 cookie) {
  LIBBPF_OPTS(bpf_link_create_opts, options, .tracing.cookie = cookie);
  return bpf_link_create(program, 0, type, cookie ? &options : NULL);
}

// Attaches a program for an iterator: over what belongs to `process` or, in the given order, over control groups, unless these
// are 0; the link's descriptor, or -errno.
static inline int cbpf_link_iterator(int program, __u32 process, __u32 order) {
  union bpf_iter_link_info info;
  memset(&info, 0, sizeof info);
  if (process) info.task.pid = process;
  if (order) info.cgroup.order = (enum bpf_cgroup_iter_order)order;
  LIBBPF_OPTS(bpf_link_create_opts, options, .iter_info = &info, .iter_info_len = sizeof info);
  return bpf_link_create(program, 0, BPF_TRACE_ITER, process || order ? &options : NULL);
}

// Loads a program for the entry of the function with the given number in the kernel's type information; the descriptor, or
// -errno.
static inline int cbpf_load_program_for_entry(__u32 function, const void *instructions, size_t count) {
  LIBBPF_OPTS(bpf_prog_load_opts, options,
    .expected_attach_type = BPF_TRACE_FENTRY,
    .attach_btf_id = function);
  return bpf_prog_load(
    BPF_PROG_TYPE_TRACING, "apus_probe", "GPL", (const struct bpf_insn *)instructions, count, &options);
}

// Leaves the capabilities of the calling thread, a bit for each by its number; 0 or -errno. See capget(2).
static inline int cbpf_get_capabilities(__u64 *effective, __u64 *permitted) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct halves[_LINUX_CAPABILITY_U32S_3];
  if (syscall(SYS_capget, &header, halves) != 0) return -errno;
  *effective = halves[0].effective | (__u64)halves[1].effective << 32;
  *permitted = halves[0].permitted | (__u64)halves[1].permitted << 32;
  return 0;
}

// Gives the calling thread these capabilities; 0 or -errno.
static inline int cbpf_set_capabilities(__u64 effective, __u64 permitted, __u64 inheritable) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct halves[_LINUX_CAPABILITY_U32S_3] = {
    {(__u32)effective, (__u32)permitted, (__u32)inheritable},
    {(__u32)(effective >> 32), (__u32)(permitted >> 32), (__u32)(inheritable >> 32)},
  };
  return syscall(SYS_capset, &header, halves) != 0 ? -errno : 0;
}

// Lets no program that the calling thread starts from now on get the capability with the given number; 0, or -EINVAL if there
// is none with that number, or -EPERM.
static inline int cbpf_lower_capability_limit(int number) {
  return prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0 ? -errno : 0;
}

// Lets no program that the calling thread starts from now on get capabilities that the thread does not have.
static inline void cbpf_forbid_new_capabilities(void) { prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
