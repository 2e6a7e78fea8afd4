/// What a perf event is about.
public enum EventScope: Hashable, Sendable {

  /// Everything on the CPU with the given number.
  case cpu(Int32)

  /// The thread with the given number, and those that it starts from now on.
  case thread(Int32)

  /// The number of the thread as the kernel takes it.
  var thread: Int32 { if case .thread(let thread) = self { thread } else { -1 } }

  /// The number of the CPU as the kernel takes it.
  var cpu: Int32 { if case .cpu(let cpu) = self { cpu } else { -1 } }

}
