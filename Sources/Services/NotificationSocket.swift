import Glibc

/// The socket on which whoever started the process wants to hear how it is: the protocol of sd_notify(3).
public struct NotificationSocket: Sendable {

  /// The open file.
  private let descriptor: Int32

  /// How often a sign of life is awaited at least, in nanoseconds; nil if none is.
  public let watchdogPeriod: UInt64?

  /// Finds the socket by the environment, from which it is taken away, so that no child mistakes it for its own; nil if nobody wants
  /// to hear anything.
  ///
  /// Call it once, before the process has other threads.
  public init?() {
    let address = Self.takeVariable("NOTIFY_SOCKET")
    let period = Self.takeVariable("WATCHDOG_USEC").flatMap { UInt64($0) }
    let process = Self.takeVariable("WATCHDOG_PID").flatMap { Int32($0) }
    guard let address, let descriptor = Self.connect(to: address) else { return nil }
    self.descriptor = descriptor
    let isForUs = process == nil || process == getpid()
    self.watchdogPeriod = isForUs ? period.flatMap { $0 > 0 ? $0.multipliedClamped(by: 1000) : nil } : nil
  }

  /// Tells that the service does what it is for.
  public func tellReady(status: String) { send("READY=1\nSTATUS=\(Self.line(status))") }

  /// Tells that the service is about to end.
  public func tellStopping(status: String) { send("STOPPING=1\nSTATUS=\(Self.line(status))") }

  /// Tells how the service is, in a few words for people.
  public func tell(status: String) { send("STATUS=\(Self.line(status))") }

  /// Gives the sign of life that the watchdog awaits.
  public func tellAlive() { send("WATCHDOG=1") }

  /// No signal where nobody listens any more, and no waiting.
  private static var flags: Int32 { Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT) }

  /// Sends `message`; one that cannot be sent at once is dropped, because tracing must not wait.
  private func send(_ message: String) {
    var message = message
    message.withUTF8 { bytes in
      while Glibc.send(descriptor, bytes.baseAddress, bytes.count, Self.flags) < 0 {
        if errno != EINTR { return }
      }
    }
  }

  /// Returns the value of the environment variable `name`, which is removed; nil if it is not set.
  private static func takeVariable(_ name: String) -> String? {
    guard let value = getenv(name).map({ String(cString: $0) }) else { return nil }
    unsetenv(name)
    return value
  }

  /// Returns an open socket to `address`, a path or, behind `@`, a name without a file; nil if there is none.
  private static func connect(to address: String) -> Int32? {
    var bytes = Array(address.utf8)
    var name = sockaddr_un()
    let room = MemoryLayout.size(ofValue: name.sun_path)
    // The zero byte behind a path need not fit, see unix(7).
    guard bytes.count > 1, bytes.count <= room, bytes[0] == UInt8(ascii: "/") || bytes[0] == UInt8(ascii: "@")
    else { return nil }
    if bytes[0] == UInt8(ascii: "@") { bytes[0] = 0 }
    name.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)! + bytes.count)
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    let result = withUnsafePointer(to: &name) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(descriptor, $0, length) }
    }
    if result == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  /// Returns `text` as one line.
  private static func line(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 ? " " : Character($0) })
  }

}

extension UInt64 {

  /// Returns the product, or the greatest number if it is greater than that.
  fileprivate func multipliedClamped(by factor: UInt64) -> UInt64 {
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    return overflow ? .max : product
  }

}
