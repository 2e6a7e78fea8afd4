// Measures what one run of a BPF program takes, of programs of our own and of those that other processes hold, all at once:
// whatever disturbs the machine disturbs them alike.
//
//   measure OBJECT PROGRAM EMPTY ROUNDS EVENTS BURST
//
// PROGRAM and EMPTY are programs of OBJECT on the tracepoint of one system call. When they are attached, "ready" is printed, and a
// line with the numbers of processes is read. Then the system call is made EVENTS times in each of ROUNDS rounds. After each
// BURST of them, if that is not 0, there is a pause in which readers of events can follow. A line is printed for each round: the
// nanoseconds of a run of EMPTY, of PROGRAM, and of the program of each process on the same tracepoint, as the kernel has counted
// them (sysctl kernel.bpf_stats_enabled).
//
// PROGRAM is attached twice, and what the first one takes is not told: the program that runs first after the system call was
// entered finds less in the CPU's caches.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <error.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#define LENGTH(a) (sizeof(a) / sizeof *(a))

// What the kernel has counted of a program.
struct usage {
  __u64 nanoseconds, runs;
};

// A program that is measured.
struct measured {
  int fd;
  struct usage before;
};

// Those of a process: which of them is on the tracepoint is seen by its runs.
struct process {
  struct measured programs[64];
  size_t count;
};

// Returns what the kernel has counted of the program with the descriptor `fd`.
static struct usage usage_of(int fd) {
  struct bpf_prog_info info = {};
  __u32 size = sizeof info;
  if (bpf_obj_get_info_by_fd(fd, &info, &size))
    error(1, errno, "cannot read the counters of a program");
  return (struct usage){info.run_time_ns, info.run_cnt};
}

// Returns the number of the program that the descriptor described in the file `path` of /proc is for, 0 if for none.
static __u32 program_of(const char *path) {
  char line[256];
  __u32 id = 0;
  FILE *file = fopen(path, "re");
  if (!file)
    return 0;
  while (fgets(line, sizeof line, file))
    if (sscanf(line, "prog_id: %u", &id) == 1)
      break;
  fclose(file);
  return id;
}

// Finds the programs of the process `pid`.
static void find(const char *pid, struct process *process) {
  char path[512];
  __u32 seen[LENGTH(process->programs)];
  snprintf(path, sizeof path, "/proc/%s/fdinfo", pid);
  DIR *folder = opendir(path);
  if (!folder)
    error(1, errno, "cannot look into process %s", pid);
  for (struct dirent *entry; (entry = readdir(folder)) && process->count < LENGTH(seen);) {
    snprintf(path, sizeof path, "/proc/%s/fdinfo/%s", pid, entry->d_name);
    __u32 id = program_of(path);
    size_t i = 0;
    while (i < process->count && seen[i] != id)
      i++;
    if (!id || i < process->count)
      continue;
    int fd = bpf_prog_get_fd_by_id(id);
    if (fd < 0)
      continue;
    seen[process->count] = id;
    process->programs[process->count++].fd = fd;
  }
  closedir(folder);
}

// Notes what has been counted so far.
static void start(struct measured *program) { program->before = usage_of(program->fd); }

// Prints what a run of `program` has taken since the start, if it had any.
static int finish(const struct measured *program) {
  struct usage now = usage_of(program->fd);
  __u64 runs = now.runs - program->before.runs;
  if (runs)
    printf("%.2f\t", (double)(now.nanoseconds - program->before.nanoseconds) / runs);
  return runs != 0;
}

// Takes an event.
static int ignore(void *context, void *data, size_t size) { return 0; }

// Reads events for ever.
static void *read_events(void *buffer) {
  while (ring_buffer__consume(buffer) >= 0)
    usleep(1000);
  return NULL;
}

// Starts a reader of the events of `object`, if it has any, on the CPUs that the process is not on.
static void follow(struct bpf_object *object) {
  int events = bpf_object__find_map_fd_by_name(object, "events");
  if (events < 0)
    return;
  pthread_t thread;
  pthread_create(&thread, NULL, read_events, ring_buffer__new(events, ignore, NULL, NULL));
  cpu_set_t others;
  CPU_ZERO(&others);
  for (int i = 1; i < sysconf(_SC_NPROCESSORS_ONLN); i++)
    CPU_SET(i, &others);
  if (CPU_COUNT(&others))
    pthread_setaffinity_np(thread, sizeof others, &others);
}

// Keeps the process on the first CPU.
static void settle(void) {
  cpu_set_t first;
  CPU_ZERO(&first);
  CPU_SET(0, &first);
  sched_setaffinity(0, sizeof first, &first);
}

// Makes the system call that the programs are on.
static void call(int accesses) {
  if (accesses)
    syscall(SYS_access, "/usr/share/nothing/of/this/name", 0);
  else
    syscall(SYS_getppid);
}

// Loads the programs of the object file at `path` that have one of the names, of which the second may be NULL.
static struct bpf_object *load(const char *path, const char *first, const char *second) {
  struct bpf_object *object = bpf_object__open(path);
  if (!object)
    error(1, errno, "cannot open '%s'", path);
  struct bpf_program *program;
  bpf_object__for_each_program(program, object) {
    const char *name = bpf_program__name(program);
    bpf_program__set_autoload(program, !strcmp(name, first) || (second && !strcmp(name, second)));
  }
  if (bpf_object__load(object))
    error(1, errno, "cannot load '%s'", path);
  return object;
}

// Attaches the program of `object` that is called `name`.
static struct bpf_program *attach(struct bpf_object *object, const char *name) {
  struct bpf_program *program = bpf_object__find_program_by_name(object, name);
  if (!program)
    error(1, 0, "there is no program '%s'", name);
  if (!bpf_program__attach(program))
    error(1, errno, "cannot attach '%s'", name);
  return program;
}

int main(int argc, char **argv) {
  if (argc != 7)
    error(2, 0, "usage: measure OBJECT PROGRAM EMPTY ROUNDS EVENTS BURST");
  long rounds = atol(argv[4]), events = atol(argv[5]), burst = atol(argv[6]);
  struct bpf_object *first = load(argv[1], argv[2], NULL), *object = load(argv[1], argv[2], argv[3]);
  struct bpf_program *program = attach(first, argv[2]);
  int accesses = !!strstr(bpf_program__section_name(program), "access");
  puts("ready");
  fflush(stdout);

  static struct process processes[16];
  size_t count = 0;
  char line[256] = "";
  if (!fgets(line, sizeof line, stdin))
    return 0;
  for (char *pid = strtok(line, " \n"); pid && count < LENGTH(processes); pid = strtok(NULL, " \n"))
    find(pid, &processes[count++]);
  struct measured own[2] = {};
  for (int i = 0; i < 2; i++)
    own[i].fd = bpf_program__fd(attach(object, argv[3 - i]));
  follow(first);
  follow(object);
  settle();

  // The first round, which fills caches and makes elements of maps, is not printed.
  for (long round = 0; round <= rounds; round++) {
    for (int i = 0; i < 2; i++)
      start(&own[i]);
    for (size_t i = 0; i < count; i++)
      for (size_t j = 0; j < processes[i].count; j++)
        start(&processes[i].programs[j]);
    for (long i = 1; i <= events; i++) {
      call(accesses);
      if (burst && i % burst == 0)
        usleep(2000);
    }
    if (!round)
      continue;
    for (int i = 0; i < 2; i++)
      finish(&own[i]);
    for (size_t i = 0; i < count; i++) {
      int found = 0;
      for (size_t j = 0; j < processes[i].count && !found; j++)
        found = finish(&processes[i].programs[j]);
      if (!found)
        printf("-\t");
    }
    puts("");
  }
}
