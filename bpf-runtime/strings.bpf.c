// Text and bytes. Memory of text starts at a multiple of 8 and takes a multiple of 8 bytes; zeros follow the text to its end.
#include "integers.h"

// `bpf_loop` of include/uapi/linux/bpf.h, in the kernel since 5.17. The verifier looks at `step` once, however many turns.
static long (*const loop)(u32 turns, void *step, void *context, u64 flags) = (void *)181;

// Returns a word in which the topmost bit of the first byte that is 0 in `word` is the lowest one that is set, 0 if none is.
static u64 zero_bytes(u64 word) {
  return (word - 0x0101010101010101ull) & ~word & 0x8080808080808080ull;
}

// Returns a word with the first `count` of `word`'s bytes, of which it has 8, and zeros.
static u64 first_bytes(u64 word, u32 count) {
  return count < 8 ? word & ((1ull << (8 * count)) - 1) : word;
}

// The number of bytes that loops over texts look at in one turn. Each way out of a loop costs the verifier a state, so that a
// turn for every word would be too many of them in texts of 16384 bytes.
enum { turn = 32 };

// Returns 1 iff the texts at `a` and `b` are the same up to their zero byte or, if that comes first, their byte `count`.
u8 apus_texts_equal(const u64 *a, const u64 *b, u32 count) {
  u32 i = 0;
  for (; i + turn <= count; i += turn) {
    const u64 *x = a + i / 8, *y = b + i / 8;
    // Behind the zero bytes of texts that are the same up to there, all is the same.
    u64 difference = (x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) | (x[3] ^ y[3]);
    u64 zeros = zero_bytes(x[0]) | zero_bytes(x[1]) | zero_bytes(x[2]) | zero_bytes(x[3]);
    if (difference | zeros)
      return difference == 0;
  }
  u64 difference = 0;
  for (; i < count; i += 8)
    difference |= first_bytes(a[i / 8] ^ b[i / 8], count - i);
  return difference == 0;
}

// Returns the number of bytes of the text at `text` in front of its zero byte, `capacity` if there is none.
u64 apus_text_length(const u64 *text, u32 capacity) {
  u32 i = 0;
  for (; i + turn <= capacity; i += turn) {
    const u64 *x = text + i / 8;
    if (zero_bytes(x[0]) | zero_bytes(x[1]) | zero_bytes(x[2]) | zero_bytes(x[3]))
      break;
  }
  for (u32 k = i; k < i + turn && k < capacity; k += 8) {
    u64 zeros = zero_bytes(text[k / 8]);
    if (zeros)
      return k + __builtin_ctzll(zeros) / 8;
  }
  return capacity;
}

// Returns a number that is less than, equal to or greater than 0 as the first `count` bytes at `a` are in relation to those at
// `b`, the first byte that differs deciding. `count` is not greater than `capacity`, which the verifier knows.
s64 apus_compare_bytes(const u64 *a, const u64 *b, u32 capacity, u64 count) {
  u32 i = 0;
  u64 x = 0, y = 0;
  for (; i < capacity; i += 8) {
    if (i + 8 > count) {
      x = first_bytes(a[i / 8], count - i);
      y = first_bytes(b[i / 8], count - i);
      break;
    }
    x = a[i / 8];
    y = b[i / 8];
    if (x != y)
      break;
  }
  x = __builtin_bswap64(x);
  y = __builtin_bswap64(y);
  return x < y ? -1 : x > y;
}

// How far a search is.
//
// It is in the memory of a map, whose contents the verifier never claims to know: kernels before 6.7 take what they see
// in one turn of a loop for what is there after all of them.
struct progress {
  // The index of the byte that comes next.
  u64 position;
  // The number of bytes in front of it that are the same as the beginning of what is sought.
  u64 matched;
};

// A search for a text in another one, after Knuth, Morris and Pratt: no byte is looked at more than twice.
struct search {
  struct progress *progress;
  // Where is sought, and how many bytes there are.
  const u8 *text;
  u64 text_capacity;
  // What is sought, and how many bytes there are.
  const u8 *needle;
  u64 needle_capacity;
  // For each byte of the needle, how many bytes up to it are the same as its beginning, without being all of it.
  u16 *borders;
  // The length of the needle.
  u64 needle_length;
};

// One turn of the computation of the borders. Returns 1 iff it is the last one.
static long border_step(u32 turn, struct search *search) {
  struct progress *progress = search->progress;
  u64 position = progress->position;
  u64 matched = progress->matched;
  if (position >= search->needle_capacity || matched >= search->needle_capacity)
    return 1;
  u8 byte = search->needle[position];
  if (byte == 0)
    return 1;
  if (byte == search->needle[matched]) {
    matched++;
  } else if (matched > 0) {
    progress->matched = search->borders[matched - 1];
    return 0;
  }
  search->borders[position] = matched;
  progress->position = position + 1;
  progress->matched = matched;
  return 0;
}

// One turn of a search. Returns 1 iff it is the last one.
static long search_step(u32 turn, struct search *search) {
  struct progress *progress = search->progress;
  u64 position = progress->position;
  u64 matched = progress->matched;
  if (matched >= search->needle_length || matched >= search->needle_capacity ||
      position >= search->text_capacity)
    return 1;
  u8 byte = search->text[position];
  if (byte == 0)
    return 1;
  if (byte == search->needle[matched]) {
    progress->position = position + 1;
    progress->matched = matched + 1;
  } else if (matched > 0) {
    progress->matched = search->borders[matched - 1];
  } else {
    progress->position = position + 1;
  }
  return 0;
}

// Computes the borders of the text at `needle` and returns its length. `borders` has room for `capacity` of them.
u64 apus_text_borders(const u8 *needle, u16 *borders, u32 capacity, struct progress *progress) {
  if (needle[0] == 0)
    return 0;
  borders[0] = 0;
  progress->position = 1;
  progress->matched = 0;
  struct search search = {
      .progress = progress, .needle = needle, .needle_capacity = capacity, .borders = borders};
  loop(2 * capacity, border_step, &search, 0);
  return progress->position;
}

// Returns the index in the text at `text` of the first place where `needle`, of `length` bytes, is in it, -1 if nowhere.
//
// The text has `capacities` / 2^32 bytes, the needle the rest of it.
s64 apus_text_index(
    const u8 *text, const u8 *needle, u16 *borders, u64 length, u64 capacities,
    struct progress *progress) {
  if (length == 0)
    return 0;
  progress->position = 0;
  progress->matched = 0;
  struct search search = {
      .progress = progress,
      .text = text,
      .text_capacity = capacities >> 32,
      .needle = needle,
      .needle_capacity = (u32)capacities,
      .borders = borders,
      .needle_length = length};
  loop(2 * (u32)search.text_capacity, search_step, &search, 0);
  return progress->matched == length ? (s64)(progress->position - progress->matched) : -1;
}

// How far the match of a text and a pattern is; in the memory of a map, as `struct progress` is.
struct glob_progress {
  // The index of the byte of the text that comes next.
  u64 position;
  // The index of the byte of the pattern that comes next.
  u64 index;
  // The index behind the last `*` so far, 0 if there was none.
  u64 star;
  // The index of the first byte of the text that this `*` does not stand for.
  u64 star_position;
  // The index behind the `[` of the class that is being read, 0 if none is.
  u64 class;
  // The index of the class's first member, where `]` is one.
  u64 first_member;
  // 1 iff the byte of the text is one of the members so far, else 0.
  u64 is_member;
  // The index from which on each `[` stands for itself, since no `]` ends it.
  u64 end_of_classes;
  // 1 iff all of the text and of the pattern have met, else 0.
  u64 result;
};

// The match of a text and a pattern.
struct glob {
  struct glob_progress *progress;
  // The text, and how many bytes there are.
  const u8 *text;
  u64 text_capacity;
  // The pattern, and how many bytes there are.
  const u8 *pattern;
  u64 pattern_capacity;
};

// Returns the byte of `text` at `index`, 0 behind its end.
//
// The compiler learns nothing about `index` here: it would compare one register and add another one that differs from it by a
// constant, of which the verifier does not know the bounds.
static u8 byte_at(const u8 *text, u64 capacity, u64 index) {
  asm volatile("" : "+r"(index));
  return index < capacity ? text[index] : 0;
}

// One turn of a match: one byte of the pattern outside of classes, one member inside. Returns 1 iff it is the last one.
//
// If the text does not go on as the pattern does, the last `*` stands for one byte more; those in front of it need not be
// looked at again.
static long glob_step(u32 turn, struct glob *glob) {
  struct glob_progress *progress = glob->progress;
  u64 position = progress->position;
  u64 index = progress->index;
  u8 byte = byte_at(glob->text, glob->text_capacity, position);
  u8 item = byte_at(glob->pattern, glob->pattern_capacity, index);
  u64 matches;
  if (progress->class) {
    if (item == 0) {
      progress->index = progress->class - 1;
      progress->end_of_classes = progress->class - 1;
      progress->class = 0;
      return 0;
    }
    if (item != ']' || index == progress->first_member) {
      u8 dash = byte_at(glob->pattern, glob->pattern_capacity, index + 1);
      u8 last = byte_at(glob->pattern, glob->pattern_capacity, index + 2);
      if (dash == '-' && last != ']' && last != 0) {
        progress->is_member |= item <= byte && byte <= last;
        progress->index = index + 3;
      } else {
        progress->is_member |= item == byte;
        progress->index = index + 1;
      }
      return 0;
    }
    // A class whose first member is not right behind `[` is negated.
    matches = progress->is_member ^ (progress->first_member - progress->class);
    progress->class = 0;
  } else {
    if (item == '*') {
      progress->star = index + 1;
      progress->star_position = position;
      progress->index = index + 1;
      return 0;
    }
    if (byte == 0 || (item == 0 && index > 0 && progress->star == index)) {
      progress->result = item == 0;
      return 1;
    }
    if (item == '[' && index < progress->end_of_classes) {
      u8 next = byte_at(glob->pattern, glob->pattern_capacity, index + 1);
      progress->class = index + 1;
      progress->first_member = progress->index = index + 1 + (next == '!');
      progress->is_member = 0;
      return 0;
    }
    matches = item == '?' || item == byte;
  }
  if (matches) {
    progress->position = position + 1;
    progress->index = index + 1;
    return 0;
  }
  if (progress->star == 0)
    return 1;
  progress->position = ++progress->star_position;
  progress->index = progress->star;
  return 0;
}

// Returns 1 iff the whole text at `text` is as the pattern at `pattern` says, else 0.
u8 apus_glob_matches(
    const u8 *text, u32 text_capacity, const u8 *pattern, u32 pattern_capacity,
    struct glob_progress *progress) {
  progress->position = 0;
  progress->index = 0;
  progress->star = 0;
  progress->star_position = 0;
  progress->class = 0;
  progress->first_member = 0;
  progress->is_member = 0;
  progress->end_of_classes = ~0ull;
  progress->result = 0;
  struct glob glob = {
      .progress = progress,
      .text = text,
      .text_capacity = text_capacity,
      .pattern = pattern,
      .pattern_capacity = pattern_capacity};
  // Each place where the last `*` may end costs as many turns as the pattern is long; one more reading finds the end of classes.
  // No loop has more turns than BPF_MAX_LOOPS of include/linux/bpf_verifier.h.
  u64 turns = (text_capacity + 2ull) * (pattern_capacity + 1ull);
  loop(turns < 1 << 23 ? turns : 1 << 23, glob_step, &glob, 0);
  return progress->result != 0;
}

// The bytes of `number` the other way round.
u16 apus_swapped_16(u16 number) { return __builtin_bswap16(number); }
u32 apus_swapped_32(u32 number) { return __builtin_bswap32(number); }
u64 apus_swapped_64(u64 number) { return __builtin_bswap64(number); }

// Returns the lesser of `number` and `limit`.
//
// The compiler learns nothing about `number` here: it would leave out a comparison whose result it knows, and compute with the
// number in front of it, where the verifier does not know its bounds yet.
u64 apus_bounded(u64 number, u64 limit) {
  asm volatile("" : "+r"(number));
  if (number > limit)
    number = limit;
  asm volatile("" : "+r"(number));
  return number;
}
