import NIOHTTP1

extension WebRequest {

  /// Creates the request that `head` makes, nil if what it asks for is no path.
  init?(_ head: HTTPRequestHead) {
    var target = head.uri[...]
    // A proxy is asked with the whole address, and servers must understand it too (RFC 9112, 3.2.2).
    for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
      let host = target.dropFirst(scheme.count)
      target = host.firstIndex { $0 == "/" || $0 == "?" }.map { host[$0...] } ?? "/"
      if target.hasPrefix("?") { target = "/" + target }
    }
    guard target.hasPrefix("/") else { return nil }
    let question = target.firstIndex(of: "?")
    let accept = head.headers["accept"]
    self.init(
      path: String(target[..<(question ?? target.endIndex)]),
      query: question.map { String(target[target.index(after: $0)...]) },
      accept: accept.isEmpty ? nil : accept.joined(separator: ","))
  }

}
