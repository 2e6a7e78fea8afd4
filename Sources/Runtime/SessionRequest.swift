/// Something that a script asks to be attached or detached while it runs.
enum SessionRequest: Hashable, Sendable {

  /// The watchpoints on an address are to end.
  case unwatch(UInt64)

}
