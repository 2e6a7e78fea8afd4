import BPF
import CLinux
import Glibc
import Synchronization

/// Runs `runs`, each on a thread of its own unless there is only one, and returns what became of each: its exit status, or why it
/// failed.
///
/// A script that ends leaves the others alone, but if one fails before all are attached, all are ended. Signals reach every
/// script, and what they print does not mix within lines.
public func runAll(
  _ runs: [ScriptRun], until interruption: Interruption
) throws(RunError) -> [Result<Int32, RunError>] {
  if runs.count == 1 {
    runs[0].run(until: interruption)
  } else {
    try runInParallel(runs, until: interruption)
  }
  return runs.compactMap(\.end)
}

/// Runs `runs`, each on a thread of its own, and returns when all have ended.
private func runInParallel(_ runs: [ScriptRun], until interruption: Interruption) throws(RunError) {
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
  let attached = AttachedCount(runs.count)
  for run in runs {
    let notify = run.options.whenAttached
    run.options.whenAttached = {
      attached.add()
      notify()
    }
    let file = run.options.descriptor
    startThread {
      run.run(until: interruption)
      if case .failure? = run.end, !attached.isComplete { interruption.request() }
      close(file)
      eventfd_write(ends, 1)
    }
  }
  // Whatever scripts need, their threads have.
  Capabilities.giveUpInThread()
  passOn(signals, until: { runs.allSatisfy { $0.end != nil } }, toldBy: ends)
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

/// Counts the scripts that are attached.
private final class AttachedCount: Sendable {

  /// The number of scripts that are not.
  private let rest: Mutex<Int>

  /// Creates an instance for so many scripts.
  init(_ count: Int) { rest = Mutex(count) }

  /// Counts one more.
  func add() { rest.withLock { $0 -= 1 } }

  /// `true` iff all are attached.
  var isComplete: Bool { rest.withLock { $0 <= 0 } }

}

/// Calls `body` on a new thread, which has what the calling one has.
private func startThread(_ body: @escaping @Sendable () -> Void) {
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
  pthread_detach(thread)
}
