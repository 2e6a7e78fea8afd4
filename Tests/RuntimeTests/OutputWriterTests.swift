import Glibc
import Output
import Testing

@testable import Runtime

/// When and how output is handed to the system.
@Suite struct OutputWriterTests {

  /// Returns what comes out of a pipe when `body` writes to it.
  private func written(_ buffering: Buffering, _ body: (OutputWriter) -> Void) -> String {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    body(OutputWriter(descriptor: ends[1], buffering: buffering))
    close(ends[1])
    defer { close(ends[0]) }
    var result: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(ends[0], &part, part.count)
      if count <= 0 { return String(decoding: result, as: UTF8.self) }
      result += part.prefix(count)
    }
  }

  /// Returns a buffer with the given text.
  private func buffer(_ text: String) -> OutputBuffer {
    var result = OutputBuffer()
    result.output = Array(text.utf8)
    return result
  }

  @Test(arguments: [
    (Buffering.none, "a", "a"), (.line, "a", ""), (.line, "a\n", "a\n"), (.full, "a\n", ""),
    (.batch, "a\n", ""),
  ])
  func behindAnEvent(buffering: Buffering, text: String, expected: String) {
    let observed = written(buffering) { writer in
      var buffer = buffer(text)
      try? writer.writeAfterEvent(&buffer)
      #expect(buffer.output.isEmpty == !expected.isEmpty)
    }
    #expect(observed == expected)
  }

  @Test(arguments: [(Buffering.batch, "a"), (.full, "")])
  func behindABatch(buffering: Buffering, expected: String) {
    let observed = written(buffering) { writer in
      var buffer = buffer("a")
      try? writer.writeAfterBatch(&buffer)
    }
    #expect(observed == expected)
  }

  @Test func failures() throws {
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(full) }
    var text = buffer("a")
    do throws(WriteFailure) {
      try OutputWriter(descriptor: full, buffering: .none).write(&text)
      Issue.record("no failure")
    } catch {
      guard case .refused(ENOSPC) = error else {
        Issue.record("another failure")
        return
      }
    }
  }

}
