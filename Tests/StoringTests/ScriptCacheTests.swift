import Foundation
import Testing

@testable import Storing

/// The cache of compiled scripts.
@Suite struct ScriptCacheTests {

  /// A directory of a test, which is removed with the value.
  final class Folder {

    /// The path.
    let path: String

    /// Makes the directory.
    init() throws {
      path = NSTemporaryDirectory() + "apus-cache-\(UUID().uuidString)"
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The names of the files in it.
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? [] }

  }

  /// The key of the tests.
  private let key: [UInt8] = [1, 2, 3]

  /// Returns why `cache` has no script for `key`, nil if it has one.
  private func reason(_ cache: ScriptCache, _ key: [UInt8]) -> String? {
    switch cache.script(for: key) {
    case .found: nil
    case .missing(let reason): reason
    }
  }

  @Test func whatIsKeptIsFound() throws {
    let folder = try Folder()
    let cache = ScriptCache(at: folder.path)
    #expect(reason(cache, key) == "it is not in the cache")
    cache.keep(Sample.script, for: key, noting: DependencyLog())
    guard case .found(let script) = cache.script(for: key) else {
      Issue.record("it is not there")
      return
    }
    #expect(script.manifest == Sample.script.manifest)
    #expect(reason(cache, [1, 2, 4]) == "it is not in the cache")
    #expect(folder.names.count == 1)
  }

  @Test func entriesOfOthersAreNotUsed() throws {
    let folder = try Folder()
    let cache = ScriptCache(at: folder.path)
    cache.keep(Sample.script, for: key, noting: DependencyLog())
    let entry = "\(folder.path)/\(try #require(folder.names.first))"
    chmod(entry, 0o620)
    #expect(reason(cache, key) == "it is not in the cache")
    chmod(entry, 0o600)
    #expect(reason(cache, key) == nil)
    chmod(folder.path, 0o777)
    #expect(reason(cache, key) == "there is no cache that can be used")
    chmod(folder.path, 0o700)
    if geteuid() == 0 {
      chown(entry, 65534, 65534)
      #expect(reason(cache, key) == "it is not in the cache")
      chown(entry, 0, 0)
      chown(folder.path, 65534, 65534)
      #expect(reason(cache, key) == "there is no cache that can be used")
      chown(folder.path, 0, 0)
    }
    // A link may lead to what somebody else can change.
    let target = "\(folder.path)/target"
    rename(entry, target)
    symlink(target, entry)
    #expect(reason(cache, key) == "it is not in the cache")
  }

  @Test func damageIsFound() throws {
    let folder = try Folder()
    let cache = ScriptCache(at: folder.path)
    cache.keep(Sample.script, for: key, noting: DependencyLog())
    let entry = URL(fileURLWithPath: "\(folder.path)/\(try #require(folder.names.first))")
    let bytes = try Data(contentsOf: entry)
    for place in stride(from: 0, to: bytes.count, by: 13) {
      var changed = bytes
      changed[place] ^= 4
      try changed.write(to: entry)
      chmod(entry.path, 0o600)
      #expect(reason(cache, key) == "its entry in the cache is damaged")
    }
    #expect(folder.names.isEmpty)
  }

  @Test func whatChangedIsCompiledAnew() throws {
    let folder = try Folder()
    let cache = ScriptCache(at: folder.path)
    let file = "\(folder.path)/.file"
    let log = DependencyLog()
    log.note(file: "/etc/passwd")
    log.note(file: file)
    log.note(.modules)
    cache.keep(Sample.script, for: key, noting: log)
    #expect(reason(cache, key) == nil)
    try Data([1]).write(to: URL(fileURLWithPath: file))
    #expect(reason(cache, key) == "'\(file)' changed since it was compiled")
    unlink(file)
    #expect(reason(cache, key) == nil)
  }

  @Test func whatMayChangeUnseenIsNotKept() throws {
    let folder = try Folder()
    let cache = ScriptCache(at: folder.path)
    let file = "\(folder.path)/.file"
    try Data([1]).write(to: URL(fileURLWithPath: file))
    let log = DependencyLog()
    log.note(file: file)
    #expect(log.obstacle == "'\(file)' was changed just now")
    cache.keep(Sample.script, for: key, noting: log)
    #expect(reason(cache, key) == "it is not in the cache")
  }

  @Test func whatWasUsedLongestAgoIsRemoved() throws {
    let folder = try Folder()
    let cache = ScriptCache(at: folder.path)
    /// Returns the key with the given number.
    func numbered(_ number: Int) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xff)] }
    for number in 0..<CacheFolder.maximumCount {
      cache.keep(Sample.script, for: numbered(number), noting: DependencyLog())
    }
    #expect(reason(cache, numbered(0)) == nil)
    for number in CacheFolder.maximumCount..<CacheFolder.maximumCount + 3 {
      cache.keep(Sample.script, for: numbered(number), noting: DependencyLog())
    }
    #expect(folder.names.count == CacheFolder.maximumCount)
    #expect(reason(cache, numbered(0)) == nil && reason(cache, numbered(1)) == "it is not in the cache")
  }

  @Test func aProcessKnowsItsSurroundings() throws {
    let surroundings = try #require(Surroundings())
    #expect(surroundings.buildID.count >= 8 && !surroundings.boot.isEmpty)
  }

}
