import Diagnostics
import Probes
import Syntax
import Testing
import Types

@testable import Storing

/// Compiled scripts as bytes and in files.
@Suite struct CompiledScriptTests {

  @Test func everythingComesBack() throws {
    let script = Sample.script
    let bytes = try script.bytes()
    let copy = try CompiledScript(reading: bytes)
    #expect(
      copy.object == script.object && copy.manifest == script.manifest && copy.settings == script.settings)
    #expect(copy.recipe?.programs == script.recipe?.programs)
    #expect(describe(copy.plan) == describe(script.plan))
    #expect(copy.sources.map(\.name) == ["sample.bt"] && copy.sources[0].text == Sample.source.text)
    let site = try #require(copy.plan.programs.first?.points.first?.point.site)
    #expect(
      site.file === copy.sources[0] && site.text == Sample.site.text && site.expansions.map(\.macro) == ["m"])
    #expect(copy.warnings.map { Renderer().render($0) } == script.warnings.map { Renderer().render($0) })
    #expect(copy.recipe?.blocks[0].specs[0].parts.map(\.text) == ["kprobe", "f*"])
    #expect(copy.mapSites.keys.sorted() == ["@x"] && copy.mapSites["@x"]?.text == Sample.site.text)
    // What is stored must not depend on the order of anything.
    #expect(try copy.bytes().count == bytes.count)
  }

  /// Whatever happens to the bytes, they are a script or a fault, and what is a script can be asked for sizes.
  @Test func changedBytesAreScriptsOrFaults() throws {
    let bytes = try Sample.script.bytes()
    var faults = 0
    for place in bytes.indices {
      for value in [bytes[place] &+ 1, 0xff, 0, 0x80, bytes[place] ^ 0x20] {
        var changed = bytes
        changed[place] = value
        guard let script = try? CompiledScript(reading: changed) else {
          faults += 1
          continue
        }
        for map in script.manifest.maps { _ = (map.keySize, map.valueSize, map.entrySize) }
        for event in script.manifest.events { for field in event.fields { _ = field.type.size } }
        _ = describe(script.plan)
      }
    }
    #expect(faults > bytes.count)
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: (any Error).self) { try CompiledScript(reading: Array(bytes[..<count])) }
    }
  }

  @Test func whatDoesNotFitTogetherIsRefused() throws {
    let script = Sample.script
    var manifest = script.manifest
    manifest.events.append(EventDescription(action: .clear(map: 3)))
    #expect(throws: (any Error).self) { try CompiledScript(reading: script.with(manifest).bytes()) }
    manifest = script.manifest
    manifest.probes.removeLast()
    #expect(throws: (any Error).self) { try CompiledScript(reading: script.with(manifest).bytes()) }
    manifest = script.manifest
    manifest.globals.refusedUpdates = [1 << 40]
    #expect(throws: (any Error).self) { try CompiledScript(reading: script.with(manifest).bytes()) }
  }

  @Test func filesAreWhatWasBuilt() throws {
    let file = try BuiltFile.bytes(of: Sample.script, version: "1.2")
    #expect(BuiltFile.isBuilt(file) && !BuiltFile.isBuilt(Array("#!/usr/bin/env apus\nBEGIN { }".utf8)))
    #expect(try BuiltFile.script(in: file).manifest == Sample.script.manifest)
    #expect(throws: BuiltFile.Fault.damaged) { try BuiltFile.script(in: Array(file.dropLast())) }
    #expect(throws: BuiltFile.Fault.damaged) { try BuiltFile.script(in: file + [0]) }
    for place in stride(from: 70, to: file.count, by: 11) {
      var changed = file
      changed[place] ^= 1
      #expect(throws: BuiltFile.Fault.damaged) { try BuiltFile.script(in: changed) }
    }
    let other = String(decoding: file.prefix(60), as: UTF8.self).replacing(
      "format \(BuiltFile.format)", with: "format 99")
    #expect(throws: BuiltFile.Fault.otherFormat(version: "1.2")) {
      try BuiltFile.script(in: Array(other.utf8))
    }
  }

}

extension CompiledScript {

  /// Returns the script with another manifest.
  fileprivate func with(_ manifest: Manifest) -> CompiledScript {
    CompiledScript(
      object: object, manifest: manifest, plan: plan, recipe: recipe, settings: settings, sources: sources,
      warnings: warnings)
  }

}
