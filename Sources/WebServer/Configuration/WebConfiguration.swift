/// What a file tells about a server, in the form that the exporters of Prometheus share.
struct WebConfiguration: Hashable, Sendable {

  /// How connections are encrypted, nil if they are not.
  var encryption: EncryptionSettings?

  /// Fields that every response has.
  var fields: [ResponseField] = []

  /// The hashed passwords of those who may see the pages, by name; everybody may if there are none.
  var users: [String: BcryptHash] = [:]

  /// How often pages may be asked for, nil if there is no bound.
  var rate: RateLimit?

}

/// A field of a response.
struct ResponseField: Hashable, Sendable {

  /// The name.
  let name: String

  /// The value.
  let value: String

}

/// How often something may happen.
struct RateLimit: Hashable, Sendable {

  /// The nanoseconds from one time to the next.
  let interval: Int64

  /// How often it may happen at once after nothing has happened for long.
  let burst: Int

}
