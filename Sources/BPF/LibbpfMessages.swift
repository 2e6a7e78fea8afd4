import CBPF
import Glibc
import Synchronization

/// The messages that libbpf would print.
///
/// None is ever printed; each is given to the handler, if there is one.
public enum LibbpfMessages {

  /// Who wants the messages; with the level `warning`, `info` or `debug` and without the line end.
  public typealias Handler = @Sendable (_ level: Level, _ message: String) -> Void

  /// How serious a message is.
  public enum Level: String, Hashable, Sendable {

    /// Something failed.
    case warning

    /// Something happened.
    case info

    /// What libbpf does, step by step.
    case debug

  }

  /// Whoever wants messages, and the warnings kept for whoever asks.
  private struct State {

    /// Whoever wants the messages.
    var handler: Handler?

    /// The warnings since recording began; nil if they are not recorded.
    var recorded: [String]?

    /// `true` iff libbpf has been told where to send messages.
    var isInstalled = false

  }

  /// The one state, because libbpf has one place for messages in a process.
  private static let state = Mutex(State())

  /// Gives messages to `handler` from now on, to nobody if that is nil.
  public static func send(to handler: Handler?) {
    install()
    state.withLock { $0.handler = handler }
  }

  /// Returns what `body` returns and the warnings that libbpf had meanwhile.
  static func recordingWarnings<Result>(_ body: () -> Result) -> (Result, warnings: [String]) {
    install()
    state.withLock { $0.recorded = [] }
    let result = body()
    let warnings = state.withLock { s in
      defer { s.recorded = nil }
      return s.recorded ?? []
    }
    return (result, warnings)
  }

  /// Tells libbpf to give its messages to us; called before anything else of libbpf is.
  static func install() {
    let isFirst = state.withLock { s in
      defer { s.isInstalled = true }
      return !s.isInstalled
    }
    if !isFirst { return }
    _ = libbpf_set_print { level, format, arguments in
      if let arguments { LibbpfMessages.receive(level, format, arguments) }
      return 0
    }
  }

  /// Takes a message from libbpf.
  private static func receive(
    _ level: libbpf_print_level, _ format: UnsafePointer<CChar>?, _ arguments: CVaListPointer
  ) {
    let level: Level =
      switch level {
      case LIBBPF_WARN: .warning
      case LIBBPF_INFO: .info
      default: .debug
      }
    let (handler, isRecording) = state.withLock { ($0.handler, $0.recorded != nil) }
    guard let format, handler != nil || (isRecording && level == .warning) else { return }
    // Verifier logs do not come this way, so that messages are short.
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = vsnprintf(&buffer, buffer.count, format, arguments)
    if length < 0 { return }
    var bytes = buffer.prefix(min(Int(length), buffer.count - 1)).map { UInt8(bitPattern: $0) }
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    let message = String(decoding: bytes, as: UTF8.self)
    if level == .warning { state.withLock { $0.recorded?.append(message) } }
    handler?(level, message)
  }

}
