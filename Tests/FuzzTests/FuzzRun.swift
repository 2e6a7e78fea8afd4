import Foundation
import Fuzzing
import TestSupport
import Testing

/// A series of inputs, each of which must neither crash nor hang whatever takes it.
///
/// `FUZZ_COUNT` in the environment multiplies the number of inputs and `FUZZ_SEED` chooses others. Before an input is used it
/// is written to `.build/fuzz`, where it is left if the process dies of it.
struct FuzzRun {

  /// The seed of the first input.
  static let seed = UInt64(ProcessInfo.processInfo.environment["FUZZ_SEED"] ?? "") ?? 1

  /// What the numbers of inputs are multiplied by.
  static let factor = Int(ProcessInfo.processInfo.environment["FUZZ_COUNT"] ?? "") ?? 1

  /// The time that an input may take, on a busy machine and without optimization.
  private static let timeLimit = Duration.seconds(20)

  /// The file that the input is written to.
  private let path: String

  /// Creates a run called `name`.
  init(_ name: String) throws {
    let folder = projectRoot.appendingPathComponent(".build/fuzz")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("\(name).bt").path
  }

  /// Calls `body` for `count` inputs, those that `input` makes of the numbers that a seed leads to; `body` returns what is
  /// wrong, nil if nothing is.
  func each(
    _ count: Int, input: (inout SeededNumbers) -> [UInt8], body: ([UInt8]) throws -> String?
  ) rethrows {
    for index in 0..<count * Self.factor {
      let seed = Self.seed &* 1_000_003 &+ UInt64(index)
      var numbers = SeededNumbers(seed: seed)
      let text = input(&numbers)
      let header = "// seed \(seed)\n"
      _ = FileManager.default.createFile(atPath: path, contents: Data(header.utf8) + text)
      let watch = Watch(path: path, limit: Self.timeLimit)
      let clock = ContinuousClock()
      let start = clock.now
      let fault = try body(text)
      watch.cancel()
      let elapsed = clock.now - start
      if let fault {
        Issue.record("seed \(seed): \(fault)\n\(String(decoding: text, as: UTF8.self))")
      } else if elapsed > Self.timeLimit {
        Issue.record("seed \(seed) took \(elapsed)\n\(String(decoding: text, as: UTF8.self))")
      }
    }
    try? FileManager.default.removeItem(atPath: path)
  }

}

/// Ends the process if something takes ten times as long as it may.
private final class Watch: Sendable {

  /// What waits.
  private let item: DispatchWorkItemBox

  /// Begins to wait for `limit`; `path` is the file that has the input.
  init(path: String, limit: Duration) {
    item = DispatchWorkItemBox(
      DispatchWorkItem {
        fatalError("the input in \(path) takes too long")
      })
    DispatchQueue.global().asyncAfter(
      deadline: .now() + Double(limit.components.seconds) * 10, execute: item.value)
  }

  /// Stops waiting.
  func cancel() { item.value.cancel() }

}

/// A work item, which may be cancelled by any thread.
private struct DispatchWorkItemBox: @unchecked Sendable {

  /// The item.
  let value: DispatchWorkItem

  /// Creates an instance that holds `value`.
  init(_ value: DispatchWorkItem) { self.value = value }

}
