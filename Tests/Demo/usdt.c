// A program with USDT probes whose arguments are in all places that compilers choose on x86-64. The notes are written by hand, so
// that it is known where each argument is.
#include <stdio.h>
#include <unistd.h>

// A probe: an instruction, and a note about it with the address of the counter of those who look at it, or 0.
#define PROBE(provider, name, semaphore, arguments) \
  "990: nop\n" \
  ".pushsection .note.stapsdt, \"\", \"note\"\n" \
  ".balign 4\n" \
  ".4byte 992f - 991f, 994f - 993f, 3\n" \
  "991: .asciz \"stapsdt\"\n" \
  "992: .balign 4\n" \
  "993: .8byte 990b, _.stapsdt.base, " semaphore "\n" \
  ".asciz \"" provider "\"\n" \
  ".asciz \"" name "\"\n" \
  ".asciz \"" arguments "\"\n" \
  "994: .balign 4\n" \
  ".popsection\n"

__asm__(
    ".pushsection .stapsdt.base, \"aG\", \"progbits\", .stapsdt.base, comdat\n"
    ".weak _.stapsdt.base\n"
    ".hidden _.stapsdt.base\n"
    "_.stapsdt.base: .space 1\n"
    ".size _.stapsdt.base, 1\n"
    ".popsection\n");

// The counter of those who look at the probe `counted`.
__attribute__((section(".probes"), used)) volatile unsigned short counted_semaphore = 0;

// Numbers that arguments are in.
__attribute__((used)) long numbers[8] = {10, -11, 12, -13, 14, -15, 16, -17};

// Parts of registers, signed and unsigned.
static void widths(void) {
  register long nine __asm__("r9") = 0x1fffe;
  __asm__ volatile(
      PROBE("app", "widths", "0", "1@%%al -1@%%al 2@%%ax -2@%%ax 4@%%eax -4@%%eax 8@%%rax -8@%%rax 1@%%ah -1@%%r9b -4@%%r9w 4f@%%xmm0")
      :: "a"(0xfedcba98f6543281ul), "r"(nine));
}

// Numbers that are known, and memory.
static void places(void) {
  register long nine __asm__("r9") = 0xff;
  __asm__ volatile(
      PROBE("app", "places", "0",
        "4@$7 -4@$-7 8@8(%%rbx) -8@(%%rbx,%%rcx,8) 4@16(%%rbx) -4@numbers+24(%%rip) 2@numbers(%%rip) "
        "8@numbers+32(,%%rcx,8)")
      :: "b"(numbers), "c"(3l), "r"(nine));
}

// One probe in two places with different arguments.
static void twice(long value) {
  __asm__ volatile(PROBE("app", "twice", "0", "8@%%rbx") :: "b"(value));
  __asm__ volatile(PROBE("app", "twice", "0", "-4@%%ecx") :: "c"((int)-value));
}

int main(void) {
  for (int i = 0; i < 3; i++) {
    widths();
    places();
    twice(100 + i);
    if (counted_semaphore) {
      __asm__ volatile(PROBE("app", "counted", "counted_semaphore", "-4@%%eax 2@counted_semaphore(%%rip)") :: "a"(i));
    }
    __asm__ volatile(PROBE("other", "done", "0", "") ::);
  }
  printf("watched by %d\n", counted_semaphore);
  return 0;
}
