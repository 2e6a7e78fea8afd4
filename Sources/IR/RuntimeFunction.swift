/// A function of `bpf-runtime`.
public enum RuntimeFunction: String, Hashable, Sendable, CaseIterable {

  /// `u32 apus_histogram_bucket(u64 number, u32 bits)`: the bucket of `HistogramBuckets.index(of:)`.
  case histogramBucket = "apus_histogram_bucket"

  /// `u32 apus_linear_bucket(s64 number, s64 minimum, s64 maximum, s64 step)`: the word of `linearHistogram` that
  /// counts the number.
  case linearBucket = "apus_linear_bucket"

  /// `u32 apus_time_series_add(u64 *slots, u64 number, u64 now, u64 interval, u32 count, u32 function)`: gathers a number in
  /// the slot of `TimeSeriesLayout` for the time `now`; `function` is a number that `TimeSeriesLayout.function` has there.
  case timeSeriesAdd = "apus_time_series_add"

  /// `u8 apus_texts_equal(const u64 *a, const u64 *b, u32 count)`: 1 iff the texts are the same up to their zero byte or
  /// the byte `count`.
  case textsEqual = "apus_texts_equal"

  /// `u64 apus_text_length(const u64 *text, u32 capacity)`: the number of bytes in front of the zero byte.
  case textLength = "apus_text_length"

  /// `s64 apus_compare_bytes(const u64 *a, const u64 *b, u32 capacity, u64 count)`: less than, equal to or greater than 0.
  case compareBytes = "apus_compare_bytes"

  /// `u64 apus_text_borders(const u8 *needle, u16 *borders, u32 capacity, struct progress *progress)`: what a search for the
  /// needle has to know, and its length.
  case textBorders = "apus_text_borders"

  /// `s64 apus_text_index(const u8 *text, const u8 *needle, u16 *borders, u64 length, u64 capacities,
  /// struct progress *progress)`: where the needle is in the text, -1 if nowhere.
  case textIndex = "apus_text_index"

  /// `u8 apus_glob_matches(const u8 *text, u32 text_capacity, const u8 *pattern, u32 pattern_capacity,
  /// struct glob_progress *progress)`: 1 iff the whole text is as the pattern says.
  case globMatches = "apus_glob_matches"

  /// `u16 apus_swapped_16(u16 number)`: the bytes the other way round.
  case swapped16 = "apus_swapped_16"

  /// `u32 apus_swapped_32(u32 number)`: the bytes the other way round.
  case swapped32 = "apus_swapped_32"

  /// `u64 apus_swapped_64(u64 number)`: the bytes the other way round.
  case swapped64 = "apus_swapped_64"

  /// `u64 apus_bounded(u64 number, u64 limit)`: the lesser of the two, in a way that the verifier knows that it is.
  case bounded = "apus_bounded"

  /// `u64 apus_gathered_sum(void *map, const void *key, u32 cpus, u32 word)`: the sum of a word over all CPUs.
  case gatheredSum = "apus_gathered_sum"

  /// `u64 apus_gathered_average(void *map, const void *key, u32 cpus, u32 is_signed)`: sum by count.
  case gatheredAverage = "apus_gathered_average"

  /// `u64 apus_gathered_extreme(void *map, const void *key, u32 cpus, u32 is_signed, u32 is_greatest)`: the least or the
  /// greatest number.
  case gatheredExtreme = "apus_gathered_extreme"

  /// `u8 apus_stack_key(struct stack *stack, s64 size, u32 capacity, u32 shift, u64 process, u64 *key)`: makes the key of a
  /// stack, see `StackStorage`; gives 0.
  case stackKey = "apus_stack_key"

  /// `u8 apus_record_stack(void *stacks, struct stack *stack, u64 process, const u64 *key, u64 *lost)`: puts the stack with
  /// a key where `StackStorage` says unless it is there; gives 0.
  case recordStack = "apus_record_stack"

  /// `u64 apus_add_caller(struct stack *stack, s64 size, s64 capacity, u64 caller)`: makes `caller` the second frame of the
  /// stack whose frames begin one word late, unless it is; gives the number of bytes of all, plus 1 iff they begin in time now.
  case addCaller = "apus_add_caller"

  /// The types of the parameters and of the result.
  public var signature: (parameters: [IRType], result: IRType) {
    switch self {
    case .histogramBucket: ([.i64, .i32], .i32)
    case .linearBucket: ([.i64, .i64, .i64, .i64], .i32)
    case .timeSeriesAdd: ([.pointer, .i64, .i64, .i64, .i32, .i32], .i32)
    case .textsEqual: ([.pointer, .pointer, .i32], .i8)
    case .textLength: ([.pointer, .i32], .i64)
    case .compareBytes: ([.pointer, .pointer, .i32, .i64], .i64)
    case .textBorders: ([.pointer, .pointer, .i32, .pointer], .i64)
    case .textIndex: ([.pointer, .pointer, .pointer, .i64, .i64, .pointer], .i64)
    case .globMatches: ([.pointer, .i32, .pointer, .i32, .pointer], .i8)
    case .swapped16: ([.i16], .i16)
    case .swapped32: ([.i32], .i32)
    case .swapped64: ([.i64], .i64)
    case .bounded: ([.i64, .i64], .i64)
    case .gatheredSum, .gatheredAverage: ([.pointer, .pointer, .i32, .i32], .i64)
    case .stackKey: ([.pointer, .i64, .i32, .i32, .i64, .pointer], .i8)
    case .recordStack: ([.pointer, .pointer, .i64, .pointer, .pointer], .i8)
    case .addCaller: ([.pointer, .i64, .i64, .i64], .i64)
    case .gatheredExtreme: ([.pointer, .pointer, .i32, .i32, .i32], .i64)
    }
  }

}
