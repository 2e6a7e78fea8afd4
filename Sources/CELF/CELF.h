// The parts of libelf and libdw (elfutils) that apus uses: files with machine code, their symbols and their debug
// information.
#pragma once
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <lzma.h>
#include <sys/syscall.h>
#include <unistd.h>

// Writes what is compressed in the `count` bytes at `input`, in the format of xz, to `file`, up to `limit` bytes; 0, or −1.
static inline int celf_decompress_xz(const void *input, size_t count, int file, size_t limit) {
  lzma_stream stream = LZMA_STREAM_INIT;
  // The decoder is told what to take of the machine, since the input says how much it needs.
  if (lzma_stream_decoder(&stream, (uint64_t)256 << 20, 0) != LZMA_OK) return -1;
  unsigned char buffer[1 << 15];
  stream.next_in = (const uint8_t *)input;
  stream.avail_in = count;
  lzma_ret result = LZMA_OK;
  while (result == LZMA_OK) {
    stream.next_out = buffer;
    stream.avail_out = sizeof buffer;
    result = lzma_code(&stream, LZMA_FINISH);
    size_t size = sizeof buffer - stream.avail_out;
    if (result != LZMA_OK && result != LZMA_STREAM_END) break;
    if (stream.total_out > limit || write(file, buffer, size) != (ssize_t)size) result = LZMA_MEM_ERROR;
  }
  lzma_end(&stream);
  return result == LZMA_STREAM_END ? 0 : -1;
}

// Returns the checksum (CRC-32) of the `count` bytes at `bytes` behind those whose checksum is `sum`.
static inline uint32_t celf_checksum(const void *bytes, size_t count, uint32_t sum) {
  return lzma_crc32((const uint8_t *)bytes, count, sum);
}

// Returns a new file that is in memory only, or -errno.
static inline int celf_memory_file(const char *name) {
  long result = syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */);
  return result < 0 ? -errno : (int)result;
}
