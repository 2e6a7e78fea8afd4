import Glibc
import Output

/// When output is handed to the system.
public enum Buffering: String, Hashable, Sendable {

  /// After every event.
  case none

  /// After every event that ends a line.
  case line

  /// When much has gathered, and at the end.
  case full

  /// When all events that were there are printed, or much has gathered.
  case batch

}

/// Hands output and messages to the system.
struct OutputWriter: ~Copyable {

  /// When output is handed over.
  let buffering: Buffering

  /// `false` iff what there is no room for stays, so that a slow reader keeps nothing else from being done.
  var waits = true

  /// Where output goes.
  private var output: OutputChannel

  /// Where messages go.
  private var messages = OutputChannel(STDERR_FILENO)

  /// `true` iff messages go where output goes, so that they must not come between the parts of a line.
  private var isShared = false

  /// The number of bytes that is much.
  private static let limit = 1 << 16

  /// The number of bytes of messages that are kept for a reader of them.
  private static let messageLimit = 1 << 20

  /// Creates an instance that writes output to the open file `descriptor`.
  init(descriptor: Int32, buffering: Buffering) {
    self.output = OutputChannel(descriptor)
    self.buffering = buffering
  }

  /// Makes it possible to write without waiting.
  mutating func prepare() {
    output.prepare()
    messages.prepare()
    if let file = output.identity, let other = messages.identity { isShared = file == other }
  }

  /// `true` iff there was no room for some of the output.
  var isWaiting: Bool { output.isWaiting }

  /// What can be polled until there is room for output and for messages, −1 where there is enough.
  var awaitedDescriptors: (output: Int32, messages: Int32) {
    (output.awaitedDescriptor, messages.awaitedDescriptor)
  }

  /// Writes what is due behind an event.
  mutating func writeAfterEvent(_ buffer: inout OutputBuffer) throws(WriteFailure) {
    let isDue =
      switch buffering {
      case .none: true
      case .line: buffer.output.last == UInt8(ascii: "\n")
      case .full, .batch: buffer.output.count >= Self.limit
      }
    if isDue && !buffer.output.isEmpty || !buffer.messages.isEmpty { try write(&buffer) }
  }

  /// Writes what is due when there are no more events for now.
  mutating func writeAfterBatch(_ buffer: inout OutputBuffer) throws(WriteFailure) {
    if buffering == .batch && !buffer.output.isEmpty { try write(&buffer) }
  }

  /// Writes everything, messages last, so that what was lost is said behind what was kept.
  mutating func write(_ buffer: inout OutputBuffer) throws(WriteFailure) {
    var failure: WriteFailure? = nil
    do { try output.write(&buffer.output, waits: waits) } catch { failure = error }
    // A message that cannot be shown is no reason to end.
    if !buffer.messages.isEmpty && !(isShared && output.isWaiting) {
      try? messages.write(&buffer.messages, waits: waits)
    }
    if buffer.messages.count > Self.messageLimit {
      messages.cut(&buffer.messages, to: Self.messageLimit)
      buffer.messages.append(text: "\napus: messages were left out, since nobody read them\n")
    }
    if let failure { throw failure }
  }

  /// Tells the reader of the output that nothing more comes.
  mutating func close() { output.end() }

}
