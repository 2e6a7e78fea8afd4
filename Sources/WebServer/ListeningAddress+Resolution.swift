import Glibc
import NIOCore

extension ListeningAddress {

  /// An address that a socket can be bound to.
  struct Candidate {

    /// The address.
    let address: SocketAddress

    /// `true` iff the machine may lack it.
    let isOptional: Bool

  }

  /// Returns the addresses that sockets are bound to.
  func candidates() throws(ServerError) -> [Candidate] {
    let addresses: [String]
    switch host {
    case .loopback: addresses = ["127.0.0.1", "::1"]
    case .all: addresses = ["0.0.0.0", "::"]
    case .named(let name):
      addresses = try Self.addresses(of: name)
    }
    let result = addresses.compactMap { try? SocketAddress(ipAddress: $0, port: Int(port)) }
    return result.enumerated().map { Candidate(address: $1, isOptional: $0 > 0) }
  }

  /// Returns the addresses, as text, that `name` stands for.
  private static func addresses(of name: String) throws(ServerError) -> [String] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(name, nil, &hints, &list)
    guard status == 0 else {
      throw .unknownHost(name, reason: String(cString: gai_strerror(status)))
    }
    defer { freeaddrinfo(list) }
    var result: [String] = []
    for entry in sequence(first: list, next: { $0?.pointee.ai_next }) {
      guard let entry = entry?.pointee else { break }
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      let status = getnameinfo(
        entry.ai_addr, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
      let address = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if status == 0, !result.contains(address) { result.append(address) }
    }
    if result.isEmpty { throw .unknownHost(name, reason: "it has no address") }
    return result
  }

}
