import Probes
import Testing

/// Patterns for names.
@Suite struct WildcardTests {

  /// Whole names match, byte by byte.
  @Test(arguments: [
    ("tcp_ack", "tcp_ack", true), ("tcp_ack", "tcp_acks", false), ("tcp_ack", "tcp_ac", false),
    ("tcp_*", "tcp_", true), ("tcp_*", "tcp_ack", true), ("tcp_*", "xtcp_ack", false), ("*", "", true),
    ("*ack", "tcp_ack", true), ("*ack", "tcp_ack_x", false), ("*_ack*", "tcp_ack_x", true),
    ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXbYbZ", false), ("a**b", "ab", true),
    ("?cp", "tcp", true), ("?cp", "cp", false), ("[tu]cp", "ucp", true), ("[tu]cp", "vcp", false),
    ("[a-f]x", "cx", true), ("[a-f]x", "gx", false), ("[!a-f]x", "gx", true), ("[^a]x", "ax", false),
    ("[ab", "[ab", true), ("[]a]", "]", true), ("a[", "a[", true), ("", "", true), ("", "a", false),
    ("ü*", "über", true),
  ])
  func matching(pattern: String, name: String, matches: Bool) {
    #expect(Wildcard(pattern).matches(name) == matches)
  }

  /// What comes behind the first `*` is not tried again once a later one is reached.
  @Test func manyStarsTakeNoExponentialTime() {
    let pattern = Wildcard(String(repeating: "*a", count: 30) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 2000)))
  }

  /// Names that stand for themselves are looked up, not searched.
  @Test func patternsAreToldFromNames() {
    #expect(Wildcard("tcp_*").isPattern)
    #expect(Wildcard("[ab]c").isPattern)
    #expect(!Wildcard("tcp_ack").isPattern)
    #expect(!Wildcard("a[b").isPattern)
    #expect(Wildcard("*").matchesEverything)
    #expect(!Wildcard("a*").matchesEverything)
  }

}
