// Numbers by intervals of time. `TimeSeriesLayout` in Types says what is in the words.
#include "integers.h"

// What the numbers of an interval amount to, by the numbers of `TimeSeries` in Builtins.
enum function { LAST, SUM, AVERAGE, SIGNED_MINIMUM, SIGNED_MAXIMUM, UNSIGNED_MINIMUM, UNSIGNED_MAXIMUM };

// Gathers `number` in the slot for the time `now` among `count` slots; only this CPU writes them.
u32 apus_time_series_add(u64 *slots, u64 number, u64 now, u64 interval, u32 count, u32 function) {
  u64 epoch = now / interval + 1;
  u64 index = epoch % count;
  // The verifier does not know how great a remainder can be, and the compiler must not leave out what tells it.
  asm volatile("" : "+r"(index));
  if (index >= count)
    return 0;
  u64 *slot = slots + 3 * index;
  if (slot[0] != epoch) {
    slot[0] = epoch;
    slot[1] = number;
    slot[2] = function == AVERAGE ? 1 : now;
    return 1;
  }
  switch (function) {
  case LAST: slot[1] = number; break;
  case SUM: case AVERAGE: slot[1] += number; break;
  case SIGNED_MINIMUM: if ((s64)number < (s64)slot[1]) slot[1] = number; break;
  case SIGNED_MAXIMUM: if ((s64)number > (s64)slot[1]) slot[1] = number; break;
  case UNSIGNED_MINIMUM: if (number < slot[1]) slot[1] = number; break;
  case UNSIGNED_MAXIMUM: if (number > slot[1]) slot[1] = number; break;
  }
  slot[2] = function == AVERAGE ? slot[2] + 1 : now;
  return 1;
}
