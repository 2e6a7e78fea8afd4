/// Why a server cannot be started.
public enum ServerError: Error, Hashable, Sendable, CustomStringConvertible {

  /// The name of the host cannot be resolved, for `reason`.
  case unknownHost(String, reason: String)

  /// The address cannot be listened at, for `reason`.
  case cannotListen(String, reason: String)

  /// The file with the configuration cannot be used; the text says where and why.
  case configuration(String)

  /// What is wrong, in words for the user.
  public var description: String {
    switch self {
    case .unknownHost(let name, let reason): "the host '\(name)' cannot be found: \(reason)"
    case .cannotListen(let address, let reason): "cannot listen at \(address): \(reason)"
    case .configuration(let text): text
    }
  }

}
