import Glibc
import Testing

@testable import BPF
@testable import Symbols

/// What the kernel tells about processes.
@Suite struct ProcessEventTests {

  @Test func recordsThatAreCutAreIrrelevant() {
    for type in UInt32(0)...20 {
      for count in 0..<80 {
        var record = [UInt8](repeating: 0, count: count)
        if count >= 4 { record[0] = UInt8(type) }
        record.withUnsafeBytes { _ = ProcessEvent.record(in: $0) }
      }
    }
    #expect([UInt8](repeating: 10, count: 20).withUnsafeBytes { ProcessEvent.record(in: $0) } == .irrelevant)
  }

  @Test func childrenAreFollowed() throws {
    let events = try ProcessEvents()
    var child = pid_t()
    let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    #expect(posix_spawn(&child, "/bin/true", nil, nil, arguments, nil) == 0)
    waitpid(child, nil, 0)
    free(arguments[0])
    var request = pollfd(fd: events.descriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&request, 1, 5000) == 1)
    var actions: [ProcessEvent.Action] = []
    _ = events.consume { if $0.process == child { actions.append($0.action) } }
    #expect(actions.contains(.executed))
    #expect(actions.contains(.ended))
    let paths = actions.compactMap {
      if case .mapped(let file) = $0 { String(decoding: file.path, as: UTF8.self) } else { nil }
    }
    #expect(paths.contains { $0.hasSuffix("/true") || $0.contains("coreutils") })
  }

}
