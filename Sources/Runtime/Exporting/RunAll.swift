import BPF
import CLinux
import Glibc
import Synchronization

/// Runs `runs`, each on a thread of its own unless there is only one, and returns what became of each: its exit status, or why it
/// failed; calls `whenAttached` once everything of all of them is attached.
///
/// A script that ends leaves the others alone, but if one fails before all are attached, all are ended. Signals reach every
/// script, and what they print does not mix within lines.
public func runAll(
  _ runs: [ScriptRun], until interruption: Interruption, whenAttached: @escaping @Sendable () -> Void
) throws(RunError) -> [Result<Int32, RunError>] {
  let rest = AttachmentCount(runs.count)
  for run in runs {
    let note = run.options.whenAttached
    run.options.whenAttached = {
      note()
      if rest.isLast() { whenAttached() }
    }
  }
  if runs.count == 1 {
    runs[0].run(until: interruption)
  } else {
    try runInParallel(runs, until: interruption) { rest.isOver }
  }
  return runs.compactMap(\.end)
}

/// Runs `runs`, each on a thread of its own, and returns when all have ended; if one fails before everything `isAttached`,
/// the others are ended.
private func runInParallel(
  _ runs: [ScriptRun], until interruption: Interruption, isAttached: @escaping @Sendable () -> Bool
) throws(RunError) {
  let output = OutputMerger(writingTo: runs[0].options.descriptor)
  let ends = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
  guard ends >= 0 else { throw .system(SystemError(call: "eventfd", number: errno)) }
  defer { close(ends) }
  let signals: SignalRelay
  do {
    signals = try SignalRelay(runs.reduce(into: []) { $0.formUnion($1.signals) })
    for run in runs {
      run.options.descriptor = try output.makeSource()
      run.options.signals = signals
    }
  } catch {
    throw .system(error)
  }
  output.start()
  let threads = runs.map { run in
    let file = run.options.descriptor
    return startThread {
      run.run(until: interruption)
      if case .failure? = run.end, !isAttached() { interruption.request() }
      close(file)
      eventfd_write(ends, 1)
    }
  }
  // Whatever scripts need, their threads have.
  Capabilities.giveUpInThread()
  passOn(signals, until: { runs.allSatisfy { $0.end != nil } }, toldBy: ends)
  for thread in threads { pthread_join(thread, nil) }
  let failure = output.finish()
  if failure != 0 && failure != EPIPE { throw .output(errorNumber: failure) }
}

/// Passes on `signals` until `isOver`, which may have changed when the open file `ends` is readable.
private func passOn(_ signals: SignalRelay, until isOver: () -> Bool, toldBy ends: Int32) {
  var requests = [
    pollfd(fd: ends, events: Int16(POLLIN), revents: 0),
    pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
  ]
  while !isOver() {
    if poll(&requests, 2, -1) < 0 { continue }
    var count: eventfd_t = 0
    if requests[0].revents != 0 { _ = eventfd_read(ends, &count) }
    if requests[1].revents != 0 { signals.passOn() }
  }
}

/// Counts the scripts that are not attached.
private final class AttachmentCount: Sendable {

  /// The number of them.
  private let rest: Mutex<Int>

  /// Creates an instance for so many scripts.
  init(_ count: Int) { rest = Mutex(count) }

  /// Notes that one more is attached; returns `true` iff it is the last one.
  func isLast() -> Bool {
    rest.withLock { rest in
      rest -= 1
      return rest == 0
    }
  }

  /// `true` iff all are attached.
  var isOver: Bool { rest.withLock { $0 <= 0 } }

}

/// Calls `body` on a new thread, which has what the calling one has.
private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
  /// What the thread is given.
  final class Work: Sendable {

    /// What it does.
    let body: @Sendable () -> Void

    /// Creates an instance.
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  }
  var thread = pthread_t()
  let argument = Unmanaged.passRetained(Work(body)).toOpaque()
  let status = pthread_create(
    &thread, nil,
    { argument in
      Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
      return nil
    }, argument)
  precondition(status == 0, "no thread to be had")
  return thread
}
