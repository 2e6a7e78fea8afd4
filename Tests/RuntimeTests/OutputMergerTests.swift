import Glibc
import Testing

@testable import Runtime

/// Lines of several scripts in one file.
@Suite struct OutputMergerTests {

  /// Returns what is in the file at `path`, which is removed.
  private func contents(ofFile path: String) throws -> String {
    defer { unlink(path) }
    let file = open(path, O_RDONLY)
    defer { close(file) }
    return String(decoding: try FileContents.read(file).get(), as: UTF8.self)
  }

  /// Writes `text` to `file`.
  private func write(_ text: String, to file: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      rest = rest.dropFirst(max(0, rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }))
    }
  }

  @Test func linesStayWhole() throws {
    let path = "/tmp/apus-merger-\(getpid())-whole"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    let merger = OutputMerger(writingTo: file)
    let sources = [try merger.makeSource(), try merger.makeSource()]
    merger.start()
    for round in 0..<500 {
      for (index, source) in sources.enumerated() {
        let name = index == 0 ? "a" : "b"
        // A line in two parts, with a part of the next one.
        write("\(round)\n\(name)", to: source)
      }
    }
    for source in sources { close(source) }
    #expect(merger.finish() == 0)
    let lines = try contents(ofFile: path).split(separator: "\n")
    #expect(lines.count == 1002)
    for name in ["a", "b"] {
      let own = lines.filter { $0.hasPrefix(name) }.dropLast()
      #expect(own.map { $0.dropFirst() } == (1..<500).map { "\($0)" })
    }
    #expect(lines.suffix(2).contains("a") && lines.suffix(2).contains("b"))
  }

  @Test func nobodyReads() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    close(ends[0])
    defer { close(ends[1]) }
    let merger = OutputMerger(writingTo: ends[1])
    let sources = [try merger.makeSource(), try merger.makeSource()]
    merger.start()
    write("line\n", to: sources[0])
    #expect(merger.finish() == EPIPE)
    // Scripts are told as if they wrote themselves.
    #expect(Glibc.write(sources[1], "line\n", 5) == -1 && errno == EPIPE)
    for source in sources { close(source) }
  }

}
