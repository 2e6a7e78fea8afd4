// The calls of Linux that Swift's C library module lacks, and the start of a process, between whose steps no Swift may run.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

// Makes a pipe whose ends programs that are started do not inherit, and which does not wait where `flags` say so: 0 or -errno.
static inline int clinux_make_pipe(int *ends, int flags) {
  return syscall(SYS_pipe2, ends, O_CLOEXEC | flags) < 0 ? -errno : 0;
}

// Returns the number of columns of the terminal that the open file `file` is, or -errno.
static inline int clinux_terminal_width(int file) {
  struct winsize size;
  return ioctl(file, TIOCGWINSZ, &size) < 0 ? -errno : size.ws_col;
}

// Returns a descriptor that is readable once the process with the given number has ended, or -errno.
static inline int clinux_open_process(pid_t pid) {
  long result = syscall(SYS_pidfd_open, pid, 0);
  return result < 0 ? -errno : (int)result;
}

// Returns a descriptor that is readable whenever `period` nanoseconds have passed, or -errno.
static inline int clinux_start_timer(unsigned long period) {
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (timer < 0) return -errno;
  struct itimerspec setting;
  setting.it_interval.tv_sec = (time_t)(period / 1000000000ul);
  setting.it_interval.tv_nsec = (long)(period % 1000000000ul);
  setting.it_value = setting.it_interval;
  if (timerfd_settime(timer, 0, &setting, NULL) == 0) return timer;
  int error = errno;
  close(timer);
  return -error;
}

// Starts a process that waits for a byte from `*gate` and then runs the program at `path`; its number, or -errno.
//
// From `*failure` can then be read why the program could not be run, an int, or nothing if it runs. The process has no
// signals blocked, and is ended when the calling thread ends.
static inline pid_t clinux_start_waiting(
    const char *path, char *const *arguments, int *gate, int *failure) {
  extern char **environ;
  int gates[2], failures[2];
  if (syscall(SYS_pipe2, gates, O_CLOEXEC) < 0) return -errno;
  if (syscall(SYS_pipe2, failures, O_CLOEXEC) < 0) {
    int error = errno;
    close(gates[0]);
    close(gates[1]);
    return -error;
  }
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    // Only functions that POSIX allows behind fork in a process with threads.
    char byte;
    sigset_t none;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(0);
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    close(gates[1]);
    if (read(gates[0], &byte, 1) != 1) _exit(0);
    execve(path, arguments, environ);
    int error = errno;
    if (write(failures[1], &error, sizeof error) < 0) _exit(126);
    _exit(127);
  }
  int error = errno;
  close(gates[0]);
  close(failures[1]);
  if (pid < 0) {
    close(gates[1]);
    close(failures[0]);
    return -error;
  }
  *gate = gates[1];
  *failure = failures[0];
  return pid;
}

// Puts `value` in the place of the number at `place` in one step and returns what was there.
static inline unsigned long clinux_exchange(void *place, unsigned long value) {
  return __atomic_exchange_n((unsigned long *)place, value, __ATOMIC_SEQ_CST);
}

// Starts a process in which the shell runs `command`; its number, or -errno. What it writes can be read from `*output`.
static inline pid_t clinux_start_shell(const char *command, int *output) {
  int ends[2];
  if (syscall(SYS_pipe2, ends, O_CLOEXEC) < 0) return -errno;
  pid_t pid = fork();
  if (pid == 0) {
    // Only functions that POSIX allows behind fork in a process with threads.
    sigset_t none;
    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(ends[1], STDOUT_FILENO) < 0) _exit(126);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
  }
  int error = errno;
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    return -error;
  }
  *output = ends[0];
  return pid;
}

// Returns the number of bytes of the path of the control group `id`, which it leaves in `path`, or -errno.
//
// A control group's number is its handle in the file system that is mounted at `root` (`fs/kernfs/mount.c`).
static inline int clinux_cgroup_path(const char *root, unsigned long long id, char *path, size_t size) {
  struct {
    unsigned bytes;
    int type;
    unsigned long long id;
  } handle = {sizeof handle.id, 0xfe /* FILEID_KERNFS */, id};
  int mount = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (mount < 0) return -errno;
  int group = (int)syscall(SYS_open_by_handle_at, mount, &handle, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int error = errno;
  close(mount);
  if (group < 0) return -error;
  char link[32];
  snprintf(link, sizeof link, "/proc/self/fd/%d", group);
  ssize_t count = readlink(link, path, size);
  error = errno;
  close(group);
  return count < 0 ? -error : (int)count;
}
