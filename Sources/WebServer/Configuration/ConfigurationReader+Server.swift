extension ConfigurationReader {

  /// Returns the fields for responses that `node`, an `http_server_config`, describes.
  mutating func fields(ofServer node: YAMLNode) -> [ResponseField] {
    let entries = entries(of: node, keys: ["http2", "headers"])
    // This server speaks HTTP/1.1, to which every client can fall back: there is nothing to turn on or off.
    checkTruth(entries["http2"])
    guard let headers = entries["headers"] else { return [] }
    let names = [
      "Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "X-XSS-Protection",
      "Strict-Transport-Security",
    ]
    let values = self.entries(of: headers, keys: names)
    return names.compactMap { name in
      guard let node = values[name], let value = text(node) else { return nil }
      switch name {
      case "X-Frame-Options": _ = choice(node, of: [("deny", 0), ("sameorigin", 1)])
      case "X-Content-Type-Options": _ = choice(node, of: [("nosniff", 0)])
      default:
        if !value.utf8.allSatisfy({ (32..<127).contains($0) }) {
          faults.append(node.fault("the value of a field must be one line of ASCII"))
          return nil
        }
      }
      return ResponseField(name: name, value: value)
    }
  }

  /// Returns the users that `node`, a `basic_auth_users`, lists.
  mutating func users(_ node: YAMLNode) -> [String: BcryptHash] {
    var result: [String: BcryptHash] = [:]
    for (name, node) in entries(of: node) {
      guard !name.contains(":") else {
        faults.append(node.fault("the name of a user cannot have a ':' in it"))
        continue
      }
      guard let hash = text(node).flatMap({ BcryptHash($0) }) else {
        faults.append(
          node.fault(
            "this is no password hashed by bcrypt with a cost of 4 to \(BcryptHash.highestCost), "
              + "as 'htpasswd -nBC 10 USER' prints"))
        continue
      }
      result[name] = hash
    }
    return result
  }

  /// Returns the bound that `node`, a `rate_limit`, describes, nil if there is none.
  mutating func rate(_ node: YAMLNode) -> RateLimit? {
    let entries = entries(of: node, keys: ["interval", "burst"])
    var interval: Int64 = 0
    if let node = entries["interval"], let text = text(node) {
      guard let duration = GoDuration.nanoseconds(text) else {
        faults.append(node.fault("this is no length of time such as '1s', '250ms' or '1m30s'"))
        return nil
      }
      interval = duration
    }
    var burst = 0
    if let node = entries["burst"], let text = text(node) {
      guard let number = Int(text), (0...1_000_000_000).contains(number) else {
        faults.append(node.fault("this must be a number from 0 to 1000000000"))
        return nil
      }
      burst = number
    }
    guard interval > 0 else { return nil }
    guard burst > 0 else {
      faults.append(
        node.fault("with this 'rate_limit' no request is ever answered: 'burst' must be 1 or more"))
      return nil
    }
    return RateLimit(interval: interval, burst: burst)
  }

}

/// Lengths of time as Go writes them.
enum GoDuration {

  /// The units, in nanoseconds.
  private static let units: [(name: String, size: Double)] = [
    ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9),
  ]

  /// Returns the nanoseconds that `text` means, nil if it is no length of time, or one of more than a year.
  static func nanoseconds(_ text: String) -> Int64? {
    if text == "0" { return 0 }
    var rest = text[...]
    var total = 0.0
    repeat {
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(name.count)
      guard let number = Double(digits), let unit = units.first(where: { $0.name == name }) else {
        return nil
      }
      total += number * unit.size
    } while !rest.isEmpty
    return total < 366 * 86400e9 ? Int64(total) : nil
  }

}
