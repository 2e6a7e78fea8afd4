import Foundation
import Testing

@testable import Compression

@Suite struct GzipTests {

  /// Returns what `bytes` are once they were compressed, written to a file and read from it.
  private func roundTrip(_ bytes: [UInt8], limit: Int = .max) throws -> [UInt8]? {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString).gz")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(try #require(Gzip.compress(bytes))).write(to: file)
    return Gzip.contents(of: file.path, limit: limit)
  }

  @Test(arguments: [0, 1, 100, 65536, 1_000_000])
  func `what is compressed is read again`(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    #expect(try roundTrip(bytes) == bytes)
  }

  @Test func `what is alike takes little room`() throws {
    let bytes = Array(String(repeating: "bytes_total{subnet=\"10.0.0.0/8\"} 12345\n", count: 10_000).utf8)
    #expect(try #require(Gzip.compress(bytes)).count < bytes.count / 20)
  }

  @Test func `numbers without order are whole too`() throws {
    let bytes = (0..<300_000).map { _ in UInt8.random(in: 0...255) }
    #expect(try roundTrip(bytes) == bytes)
  }

  @Test func `files that are too large are not read`() throws {
    #expect(try roundTrip(Array(repeating: 1, count: 70_000), limit: 65536) == nil)
    #expect(Gzip.contents(of: "/no/such/file", limit: 10) == nil)
  }

}
