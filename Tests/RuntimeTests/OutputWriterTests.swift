import Glibc
import Output
import Testing

@testable import Runtime

/// When and how output is handed to the system.
@Suite struct OutputWriterTests {

  /// Returns what comes out of a pipe when `body` writes to it.
  private func written(_ buffering: Buffering, _ body: (inout OutputWriter) -> Void) -> String {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    var writer = OutputWriter(descriptor: ends[1], buffering: buffering)
    body(&writer)
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
      var writer = OutputWriter(descriptor: full, buffering: .none)
      try writer.write(&text)
      Issue.record("no failure")
    } catch {
      guard case .refused(ENOSPC) = error else {
        Issue.record("another failure")
        return
      }
    }
  }

  /// What a pipe has no room for stays, messages get through nevertheless, and what is printed meanwhile comes behind.
  @Test func slowReader() throws {
    var ends: [Int32] = [0, 0]
    // As in every run.
    signal(SIGPIPE, SIG_IGN)
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var writer = OutputWriter(descriptor: ends[1], buffering: .full)
    writer.prepare()
    writer.waits = false
    let size = 200_000
    var text = OutputBuffer()
    text.output = (0..<size).map { UInt8(truncatingIfNeeded: $0 % 251) }
    try writer.writeAfterEvent(&text)
    #expect(writer.isWaiting && writer.awaitedDescriptors.output >= 0 && text.output.count == size)
    text.output += (size..<2 * size).map { UInt8(truncatingIfNeeded: $0 % 251) }
    var result: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while result.count < 2 * size {
      let count = read(ends[0], &part, part.count)
      result += part.prefix(max(0, count))
      try writer.write(&text)
    }
    #expect(!writer.isWaiting && text.output.isEmpty && writer.awaitedDescriptors.output == -1)
    #expect(result.enumerated().allSatisfy { $1 == UInt8(truncatingIfNeeded: $0 % 251) })
    close(ends[0])
    // Processes that other tests are starting have the end for reading, too, until they run their programs.
    var failure: WriteFailure?
    for _ in 0..<500 where failure == nil {
      text.output = [1]
      do throws(WriteFailure) { try writer.write(&text) } catch { failure = error }
      if failure == nil { usleep(10_000) }
    }
    guard case .closed? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    close(ends[1])
  }

  /// A writer that may wait does, whoever else uses the pipe.
  @Test func patience() throws {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    var writer = OutputWriter(descriptor: ends[1], buffering: .full)
    writer.prepare()
    #expect(fcntl(ends[1], F_GETFL) & O_NONBLOCK == 0)
    writer.close()
    var byte: UInt8 = 0
    #expect(read(ends[0], &byte, 1) == 0)
    close(ends[0])
    close(ends[1])
  }

}
