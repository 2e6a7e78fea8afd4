import NIOCore
import NIOPosix
import NIOSSL

/// Why values did not get to a server.
struct DeliveryFault: Error {

  /// The reason, as a part of a sentence.
  let reason: String

  /// Creates an instance with the given reason.
  init(_ reason: String) { self.reason = reason }

  /// Creates the fault that `error` is.
  init(_ error: any Error) {
    switch error {
    case let fault as DeliveryFault: self = fault
    case let fault as AnswerFault: self.init(fault.reason)
    case let error as NIOConnectionError:
      if let failure = error.connectionErrors.last {
        self.init(failure.error)
      } else if error.dnsAError != nil || error.dnsAAAAError != nil {
        self.init("'\(error.host)' is not known")
      } else {
        self.init("no connection")
      }
    case let error as IOError: self.init(text(ofError: error.errnoCode))
    case ChannelError.connectTimeout(_): self.init("it does not answer")
    case NIOSSLError.handshakeFailed(let error): self.init("TLS failed: \(words(of: error))")
    case let error as BoringSSLError: self.init("TLS failed: \(words(of: error))")
    case let error as NIOSSLError: self.init("TLS failed: \(error)")
    default: self.init("\(error)")
    }
  }

}

extension AnswerFault {

  /// The reason, as a part of a sentence.
  fileprivate var reason: String {
    switch self {
    case .foreign: "what answers there is no server of Zabbix"
    case .compressed: "its answer is compressed, which it may not be"
    case .tooLong(let count): "its answer would have \(count) bytes"
    case .senseless: "its answer makes no sense"
    case .refused(let information): information.isEmpty ? "it refuses everything" : "it says '\(information)'"
    }
  }

}

/// Returns what `error` says, without its numbers.
private func words(of error: BoringSSLError) -> String {
  guard case .sslError(let stack) = error, !stack.isEmpty else { return "\(error)" }
  let reasons = stack.map { error in
    var text = "\(error)"[...]
    if text.hasPrefix("Error:") { text = text.dropFirst(6) }
    return String(text.drop { $0.isNumber || $0 == " " })
  }
  return reasons.joined(separator: ", ")
}
