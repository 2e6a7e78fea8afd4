import Runtime
import Services
import Synchronization

/// What the process tells systemd, or whoever else started it as a service and wants to know: that everything is attached, that its
/// scripts are well, and that it ends.
final class ServiceNotice: Sendable {

  /// The notice of this process, nil if nobody wants to know. It is to be asked for before there are threads.
  static let ofProcess = NotificationSocket().map { ServiceNotice($0) }

  /// Where to tell it.
  private let socket: NotificationSocket

  /// How the scripts are.
  private let scripts = Mutex(Scripts())

  /// How the scripts of the process are.
  private struct Scripts {

    /// The number of those that nothing was heard of.
    var starting = 0

    /// Those that trace, by number, and whether they have given a sign of life since the last one was passed on.
    var tracing: [Int: Bool] = [:]

    /// The number of the next one.
    var next = 0

  }

  /// Creates an instance that tells it by `socket`.
  init(_ socket: NotificationSocket) { self.socket = socket }

  /// Has the run of a script with `options` tell how it is. All scripts must join before the first is run.
  func join(_ options: inout RunOptions) {
    let number = scripts.withLock { scripts in
      scripts.starting += 1
      scripts.next += 1
      return scripts.next - 1
    }
    options.whenAttached = { self.note(attached: number) }
    options.whenAlive = { self.note(alive: number) }
    options.whenStopping = { self.note(stopping: number) }
  }

  /// Notes that the script with the given number is attached, and tells once all are.
  private func note(attached number: Int) {
    let count = scripts.withLock { scripts -> Int? in
      scripts.starting -= 1
      scripts.tracing[number] = false
      return scripts.starting == 0 ? scripts.next : nil
    }
    if let count { socket.tellReady(status: count == 1 ? "tracing" : "tracing with \(count) scripts") }
  }

  /// Notes that the script with the given number is well, and tells that all are once each has said so.
  private func note(alive number: Int) {
    let areAllAlive = scripts.withLock { scripts in
      scripts.tracing[number] = true
      guard scripts.tracing.values.allSatisfy(\.self) else { return false }
      for number in scripts.tracing.keys { scripts.tracing[number] = false }
      return true
    }
    if areAllAlive && socket.watchdogPeriod != nil { socket.tellAlive() }
  }

  /// Notes that the script with the given number ends, and tells so once all do.
  private func note(stopping number: Int) {
    let areAllOver = scripts.withLock { scripts in
      scripts.tracing[number] = nil
      return scripts.starting == 0 && scripts.tracing.isEmpty
    }
    if areAllOver { socket.tellStopping(status: "detaching") }
  }

}
