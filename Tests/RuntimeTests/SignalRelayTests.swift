import Glibc
import Testing

@testable import Runtime

/// Signals for several scripts.
@Suite struct SignalRelayTests {

  @Test func everyScriptGetsSignals() throws {
    // Signals of a thread come to whoever reads them there; those of real time are not merged.
    let relay = try SignalRelay([40, 41])
    let first = try relay.queue(of: [40])
    let second = try relay.queue(of: [40, 41])
    for number: Int32 in [40, 41, 40] { pthread_kill(pthread_self(), number) }
    relay.passOn()
    var numbers: [[Int32]] = [[], []]
    while let number = first.next() { numbers[0].append(number) }
    while let number = second.next() { numbers[1].append(number) }
    #expect(numbers[0] == [40, 40])
    #expect(numbers[1].sorted() == [40, 40, 41])
  }

}
