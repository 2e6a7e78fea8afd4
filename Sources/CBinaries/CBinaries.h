// What Swift cannot say about files with machine code: functions of LLVM in C++, of Swift's own library, and a call of Linux
// with a structure.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// A text as libstdc++'s `std::string_view` is laid out.
struct cbinaries_text {
  size_t length;
  const char *bytes;
};

// llvm::itaniumDemangle(std::string_view, bool): the C++ name that a symbol stands for, to be freed, or null.
extern char *cbinaries_demangle_cxx(struct cbinaries_text symbol, bool with_parameters)
    __asm__("_ZN4llvm15itaniumDemangleESt17basic_string_viewIcSt11char_traitsIcEEb");

// llvm::rustDemangle(std::string_view): the Rust name that a symbol stands for, to be freed, or null.
extern char *cbinaries_demangle_rust(struct cbinaries_text symbol)
    __asm__("_ZN4llvm12rustDemangleESt17basic_string_viewIcSt11char_traitsIcEE");

// The Swift name that a symbol stands for, to be freed, or null.
extern char *cbinaries_demangle_swift(
    const char *symbol, size_t length, char *buffer, size_t *size, uint32_t flags) __asm__("swift_demangle");

// Opens the file at `path` for reading, the root of all paths on the way being the open folder `root`; -errno if it fails.
static inline int cbinaries_open_in_root(int root, const char *path) {
  struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK, .resolve = RESOLVE_IN_ROOT};
  long result = syscall(SYS_openat2, root, path, &how, sizeof how);
  return result < 0 ? -errno : (int)result;
}
