// Stacks. `StackStorage` in Types says what is where.
#include "integers.h"

// Helpers of include/uapi/linux/bpf.h.
static void *(*const map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*const map_update_elem)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static u64 (*const ktime_get_boot_ns)(void) = (void *)125;

// A stack in the table.
struct stack {
  // The moment at which it was first seen.
  u64 time;
  // The process, 0 for the kernel.
  u32 process;
  u32 unused;
  // The frames.
  u64 words[];
};

// Makes `caller` the second frame of the stack at `stack`, whose `size` bytes of frames begin one word behind their place,
// unless it is that already or is no address of a process. Returns the number of bytes, at most `capacity`, plus 1 iff the
// frames begin at their place now.
u64 apus_add_caller(struct stack *stack, s64 size, s64 capacity, u64 caller) {
  if (size <= 0)
    return 0;
  if (!caller || caller >> 47 || (size > 8 && stack->words[2] == caller))
    return (u64)size;
  stack->words[0] = stack->words[1];
  stack->words[1] = caller;
  return (u64)(size < capacity ? size + 8 : capacity) | 1;
}

// Makes the key of the stack at `stack`, which has `size` bytes of frames of 2^`shift` bytes each; zeros if it has none.
//
// The frames are at most `capacity` words, behind which there are three more. The hash consists of two polynomials of the words,
// modulo 2^64: one of the words as they are, one of the words with their upper bits mixed into the lower ones. Four words at
// a time are added up, since multiplications that do not wait for each other cost little.
u8 apus_stack_key(struct stack *stack, s64 size, u32 capacity, u32 shift, u64 process, u64 *key) {
  key[0] = 0;
  key[1] = 0;
  if (size <= 0)
    return 0;
  u64 count = (u64)size / 8;
  // The verifier must see it, whatever the compiler knows.
  asm volatile("" : "+r"(count));
  if (count > capacity)
    return 0;
  // The compiler must not conclude that `capacity` need not be looked at below: Linux 6.1 sees the end of a loop only where
  // two numbers that it knows are compared.
  asm volatile("" : "+r"(count));
  u64 *end = stack->words + count;
  end[0] = 0;
  end[1] = 0;
  end[2] = 0;

  const u64 k1 = 0x9e3779b97f4a7c15ull, k2 = k1 * k1, k3 = k2 * k1, k4 = k3 * k1;
  const u64 l1 = 0xd6e8feb86659fd93ull, l2 = l1 * l1, l3 = l2 * l1, l4 = l3 * l1;
  u64 a = process ^ 0xa0761d6478bd642full, b = process + 0xe7037ed1a0b428dbull;
  for (u64 i = 0; i < capacity && i < count; i += 4) {
    const u64 *words = stack->words + i;
    u64 w = words[0], x = words[1], y = words[2], z = words[3];
    a = a * k4 + w * k3 + x * k2 + y * k1 + z;
    b = b * l4 + (w ^ w >> 23) * l3 + (x ^ x >> 23) * l2 + (y ^ y >> 23) * l1 + (z ^ z >> 23);
  }
  a ^= a >> 32;
  a *= k1;
  a ^= a >> 29;
  b ^= b >> 31;
  b *= l1;
  key[0] = a;
  key[1] = (b & ~0xffffull) | (u64)size >> shift;
  return 0;
}

// Puts the stack at `stack`, which has the key at `key`, into the table `stacks` if it is not there. If there is no room, that is
// counted at `lost`.
u8 apus_record_stack(void *stacks, struct stack *stack, u64 process, const u64 *key, u64 *lost) {
  if (!key[1] || map_lookup_elem(stacks, key))
    return 0;
  stack->time = ktime_get_boot_ns();
  stack->process = process;
  stack->unused = 0;
  // Another CPU may have added it meanwhile, which is an error of its own: -EEXIST.
  int result = map_update_elem(stacks, key, stack, 1);
  if (result < 0 && result != -17)
    __sync_fetch_and_add(lost, 1);
  return 0;
}
