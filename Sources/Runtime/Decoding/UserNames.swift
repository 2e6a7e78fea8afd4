import Glibc

/// The names of users, each looked up once.
final class UserNames {

  /// The names that were looked up.
  private var known: [UInt32: [UInt8]] = [:]

  /// The number of names that are remembered.
  private static let limit = 1 << 16

  /// Returns the name of the user with the given number, the number itself if there is no such user.
  func name(ofUser number: UInt32) -> [UInt8] {
    if let name = known[number] { return name }
    let name = lookUp(number) ?? Array(String(number).utf8)
    if known.count >= Self.limit { known = [:] }
    known[number] = name
    return name
  }

  /// Returns the name that the system's data bases have for the user with the given number, nil if they have none.
  private func lookUp(_ number: UInt32) -> [UInt8]? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var memory = [CChar](repeating: 0, count: 1 << 14)
    guard getpwuid_r(number, &entry, &memory, memory.count, &found) == 0, let name = found?.pointee.pw_name
    else { return nil }
    return (0..<strlen(name)).map { UInt8(bitPattern: name[$0]) }
  }

}
