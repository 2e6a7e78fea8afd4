import NIOCore
import Testing

@testable import WebServer

@Suite struct ConnectionStandingTests {

  /// Now.
  private let now = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

  /// Returns what a connection is worth that was active the given number of seconds ago.
  private func standing(
    _ activity: ConnectionStanding.Activity, served: Bool = false, seconds: Int64, from peer: String = "a"
  ) -> ConnectionStanding {
    ConnectionStanding(
      activity: activity, isServed: served, lastActive: now - .seconds(seconds), peer: peer)
  }

  /// Returns the index of the connection that has to go.
  private func victim(_ all: [ConnectionStanding]) -> Int? {
    ConnectionStanding.leastWorth(among: all, at: now, grace: .seconds(1))
  }

  @Test func `who asked for nothing goes first, the oldest of them`() {
    #expect(
      victim([
        standing(.waiting, served: true, seconds: 50), standing(.waiting, seconds: 1),
        standing(.waiting, seconds: 3), standing(.sending, seconds: 9), standing(.answering, seconds: 60),
      ]) == 2)
  }

  @Test func `what is being closed is missed by nobody`() {
    #expect(victim([standing(.waiting, seconds: 50), standing(.closing, seconds: 0)]) == 1)
  }

  @Test func `then goes the one that has been idle for longest`() {
    #expect(
      victim([
        standing(.waiting, served: true, seconds: 5), standing(.waiting, served: true, seconds: 15),
        standing(.sending, seconds: 100),
      ]) == 1)
  }

  @Test func `who does not read goes, who reads stays`() {
    #expect(victim([standing(.sending, seconds: 0), standing(.sending, seconds: 2)]) == 1)
    #expect(victim([standing(.sending, seconds: 0), standing(.answering, seconds: 20)]) == nil)
  }

  @Test func `of a client that has many, one goes before that of a client that has few`() {
    #expect(
      victim([
        standing(.waiting, seconds: 9, from: "few"), standing(.waiting, seconds: 1, from: "many"),
        standing(.waiting, seconds: 2, from: "many"), standing(.waiting, seconds: 0, from: "many"),
      ]) == 2)
  }

  @Test func `nobody goes where there is nobody`() { #expect(victim([]) == nil) }

}
