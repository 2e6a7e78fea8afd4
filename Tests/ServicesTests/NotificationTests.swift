import Foundation
import Services
import Testing

/// What systemd is told, by sockets with and without a file. One after the other: they change the environment.
@Suite(.serialized) struct NotificationTests {

  /// A socket that hears what is told.
  final class Listener {

    /// The open file.
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

    /// Listens at `name`, which begins with a zero byte where there is no file.
    init(at name: [UInt8]) {
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
      let length = socklen_t(2 + name.count)
      let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
      }
      #expect(result == 0)
    }

    deinit { close(descriptor) }

    /// Returns the next message, nil if there is none.
    func next() -> String? {
      var bytes = [UInt8](repeating: 0, count: 1000)
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }

  }

  @Test func messages() throws {
    let path = NSTemporaryDirectory() + "apus-notify-\(getpid())"
    defer { unlink(path) }
    let abstract = "apus-notify-\(getpid())"
    for (name, address) in [(Array(path.utf8), path), ([0] + Array(abstract.utf8), "@" + abstract)] {
      let listener = Listener(at: name)
      setenv("NOTIFY_SOCKET", address, 1)
      let socket = try #require(NotificationSocket())
      #expect(getenv("NOTIFY_SOCKET") == nil)
      #expect(socket.watchdogPeriod == nil)
      socket.tellReady(status: "3 probes\nMAINPID=1")
      #expect(listener.next() == "READY=1\nSTATUS=3 probes MAINPID=1")
      socket.tellAlive()
      #expect(listener.next() == "WATCHDOG=1")
      socket.tell(status: "")
      #expect(listener.next() == "STATUS=")
      socket.tellStopping(status: "over")
      #expect(listener.next() == "STOPPING=1\nSTATUS=over")
      #expect(listener.next() == nil)
    }
  }

  /// Nobody listens any more, or takes nothing: no signal, no waiting.
  @Test func nobodyListens() throws {
    let name = "apus-notify-deaf-\(getpid())"
    var listener: Listener? = Listener(at: [0] + Array(name.utf8))
    setenv("NOTIFY_SOCKET", "@" + name, 1)
    let socket = try #require(NotificationSocket())
    for _ in 0..<10_000 { socket.tellAlive() }
    _ = listener?.next()
    listener = nil
    socket.tellAlive()
  }

  @Test(
    arguments: [
      ("2000000", nil, 2_000_000_000), ("2000000", getpid(), 2_000_000_000), ("2000000", 1, nil),
      ("0", nil, nil),
      ("many", nil, nil), ("18446744073709551615", nil, UInt64.max),
    ] as [(String, Int32?, UInt64?)])
  func watchdog(microseconds: String, process: Int32?, period: UInt64?) throws {
    let name = "apus-notify-dog-\(getpid())"
    let listener = Listener(at: [0] + Array(name.utf8))
    setenv("NOTIFY_SOCKET", "@" + name, 1)
    setenv("WATCHDOG_USEC", microseconds, 1)
    if let process { setenv("WATCHDOG_PID", String(process), 1) }
    #expect(try #require(NotificationSocket()).watchdogPeriod == period)
    #expect(getenv("WATCHDOG_USEC") == nil && getenv("WATCHDOG_PID") == nil)
    extendLifetime(listener)
  }

  @Test(
    arguments: [
      nil, "", "/", "@", "relative", "vsock:2:1", "/nonexistent/socket",
      "/" + String(repeating: "x", count: 200),
    ] as [String?])
  func noSocket(address: String?) {
    if let address { setenv("NOTIFY_SOCKET", address, 1) } else { unsetenv("NOTIFY_SOCKET") }
    #expect(NotificationSocket() == nil)
    #expect(getenv("NOTIFY_SOCKET") == nil)
  }

}
