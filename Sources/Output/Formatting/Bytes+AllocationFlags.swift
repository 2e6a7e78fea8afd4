extension [UInt8] {

  /// Appends the names of the flags of an allocation in the kernel as its own messages have them (`%pGg`), the longest
  /// combinations first; what has no name as a number.
  mutating func append(allocationFlags flags: UInt64) {
    if flags == 0 { return append(text: "none") }
    var rest = flags
    var isFirst = true
    for (bits, name) in AllocationFlags.names where rest & bits == bits {
      if !isFirst { append(UInt8(ascii: "|")) }
      append(text: name)
      rest &= ~bits
      isFirst = false
    }
    if rest == 0 { return }
    if !isFirst { append(UInt8(ascii: "|")) }
    append(text: "0x")
    append(hexadecimal: rest)
  }

}

/// The flags of allocations in the kernel (`gfp_t`).
private enum AllocationFlags {

  /// The names of flags and of combinations of them in the order in which they are looked for (`include/linux/gfp_types.h`,
  /// `include/trace/events/mmflags.h`; the numbers are the same in all releases since 4.16).
  static let names: [(bits: UInt64, name: StaticString)] = [
    (0x1c_24ca, "GFP_TRANSHUGE"), (0x1c_20ca, "GFP_TRANSHUGE_LIGHT"), (0x10_0cca, "GFP_HIGHUSER_MOVABLE"),
    (0x10_0cc2, "GFP_HIGHUSER"), (0x10_0cc0, "GFP_USER"), (0x40_0cc0, "GFP_KERNEL_ACCOUNT"),
    (0xcc0, "GFP_KERNEL"), (0xc40, "GFP_NOFS"), (0xa20, "GFP_ATOMIC"), (0x820, "GFP_ATOMIC"),
    (0xc00, "GFP_NOIO"), (0x800, "GFP_NOWAIT"), (0x1, "GFP_DMA"), (0x2, "__GFP_HIGHMEM"),
    (0x4, "GFP_DMA32"), (0x20, "__GFP_HIGH"), (0x40, "__GFP_IO"), (0x80, "__GFP_FS"),
    (0x2000, "__GFP_NOWARN"), (0x4000, "__GFP_RETRY_MAYFAIL"), (0x8000, "__GFP_NOFAIL"),
    (0x1_0000, "__GFP_NORETRY"), (0x4_0000, "__GFP_COMP"), (0x100, "__GFP_ZERO"),
    (0x8_0000, "__GFP_NOMEMALLOC"), (0x2_0000, "__GFP_MEMALLOC"), (0x10_0000, "__GFP_HARDWALL"),
    (0x20_0000, "__GFP_THISNODE"), (0x10, "__GFP_RECLAIMABLE"), (0x8, "__GFP_MOVABLE"),
    (0x40_0000, "__GFP_ACCOUNT"), (0x1000, "__GFP_WRITE"), (0x400, "__GFP_DIRECT_RECLAIM"),
    (0x80_0000, "__GFP_ZEROTAGS"),
  ]

}
