import Glibc

/// A connection over which bytes are sent as they are.
final class RawClient {

  /// The socket.
  private let socket: Int32

  /// What was received and not yet looked at.
  private var rest: [UInt8] = []

  /// What lives as long as the connection.
  private let server: AnyObject?

  /// Connects to `port` of this machine; `server` lives as long as the connection.
  init(port: Int, receiveBuffer: Int32? = nil, keeping server: AnyObject? = nil) {
    self.server = server
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var receiveBuffer {
      setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
    }
    // Long enough for machines that emulate others; a test that waits for it has failed.
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  deinit { close(socket) }

  /// Sends `bytes`, as far as the other end takes them.
  func send(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    var sent = 0
    while sent < bytes.count {
      let count = Glibc.send(socket, Array(bytes[sent...]), bytes.count - sent, Int32(MSG_NOSIGNAL))
      if count <= 0 { return }
      sent += count
    }
  }

  /// Sends `text`, in which `|` stands for the end of a line.
  func send(_ text: String) {
    send(text.utf8.flatMap { $0 == UInt8(ascii: "|") ? [13, 10] : [$0] })
  }

  /// Says that nothing more is sent.
  func finish() { shutdown(socket, Int32(SHUT_WR)) }

  /// Ends the connection so that the other end is told of an error.
  func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
  }

  /// Returns everything up to the end of the connection.
  func receiveAll() -> String {
    while receiveSome() {}
    defer { rest = [] }
    return String(decoding: rest, as: UTF8.self)
  }

  /// Returns the next response: its head, and a body as long as the head says.
  func receiveResponse(hasBody: Bool = true) -> (head: String, body: [UInt8])? {
    while true {
      if let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) {
        let head = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
        let length = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
        let count = hasBody ? length.flatMap { Int($0.dropFirst(16)) } ?? 0 : 0
        while rest.count < end.upperBound + count { guard receiveSome() else { return nil } }
        let body = Array(rest[end.upperBound..<end.upperBound + count])
        rest.removeFirst(end.upperBound + count)
        return (head, body)
      }
      guard receiveSome() else { return nil }
    }
  }

  /// Receives something; returns `false` iff the connection has ended.
  private func receiveSome() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65536)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count > 0 { rest += buffer[..<count] }
    return count > 0
  }

}
