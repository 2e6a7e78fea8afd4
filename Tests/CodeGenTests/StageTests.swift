import CodeGen
import IR
import Testing
import Types

/// The forms of the code on the way, of which only what matters is pinned.
@Suite struct StageTests {

  /// Returns the text of `stage` of `module`, white space made uniform.
  private func text(of stage: CodeStage, for module: TraceModule) throws -> String {
    var result = ""
    _ = try generate(module, showing: [stage]) {
      #expect($0 == stage)
      result += $1
    }
    return uniform(result)
  }

  /// Returns `text` with one space for all white space in a row.
  private func uniform(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// A module that counts at three places.
  private var module: TraceModule {
    var result = testModule(results: 1) { b in
      b.emit(.position(4))
      b.emit(.atomicAdd(Place(.globals, offset: GlobalsLayout.firstFree), .constant(1, .i64)))
      let (x, y) = (b.call(.getCurrentPIDTGID), b.call(.getCurrentPIDTGID))
      b.emit(.position(5))
      b.report(b.binary(.subtract, x, y))
      b.emit(.stop)
      b.report(.constant(9, .i64))
    }
    result.positions = (0..<6).map { IRPosition(start: $0, end: $0 + 1) }
    return result
  }

  /// What is generated is what was asked for, with the numbers of positions as lines.
  @Test func generated() throws {
    let text = try text(of: .generated, for: module)
    for fragment in [
      "@_license = global [4 x i8] c\"GPL\\00\", section \"license\"",
      "@apus.globals = global [40 x i8] zeroinitializer, section \".data\", align 8",
      "define i32 @test(ptr %0)",
      "atomicrmw add ptr getelementptr inbounds (i8, ptr @apus.globals, i64 32), i64 1 monotonic, align 8",
      "call i64 inttoptr (i64 14 to ptr)()",
      "!DILocation(line: 5,", "!DILocation(line: 6,",
    ] {
      #expect(text.contains(fragment), "\(fragment)\nis not in\n\(text)")
    }
    #expect(!text.contains("store i64 9"))
  }

  /// One call of a helper that always gives the same answer is enough.
  @Test func optimized() throws {
    let text = try text(of: .optimized, for: module)
    #expect(!text.contains("inttoptr (i64 14 to ptr)()"))
    #expect(text.contains("store i64 0, ptr getelementptr inbounds (i8, ptr @apus.globals, i64 32)"))
  }

  /// An addition that nobody reads the result of is the short form, which does not fetch.
  @Test func instructions() throws {
    let text = try text(of: .instructions, for: module)
    for fragment in [
      "program test, section 'raw_tp', 8 instructions", "= apus.globals ll", "lock *(u64 *)(", "7: exit",
    ] {
      #expect(text.contains(fragment), "\(fragment)\nis not in\n\(text)")
    }
    #expect(!text.contains("atomic_fetch"))
  }

  /// Instructions stand below the places that they come from, with the names of maps, helpers and functions.
  @Test func disassembly() throws {
    let map = MapDescription(
      name: "@hits", key: [.uint64], value: .aggregation(.count), storage: .hash(.perCPU, capacity: 16))
    var module = testModule(maps: [map]) { b in
      let key = b.slot(size: 8, alignment: 8)
      b.emit(.position(0))
      b.store(.constant(7, .i64), to: key)
      b.emit(.position(1))
      b.report(b.isNotNull(b.call(.mapLookupElement, .map(0), .address(key))))
    }
    module.positions = [IRPosition(start: 0, end: 4), IRPosition(start: 4, end: 8)]
    module.lines = [
      IRSourceLine(file: "a.bt", line: 1, column: 1, text: Array("first".utf8)),
      IRSourceLine(file: "a.bt", line: 2, column: 5, text: Array("second".utf8)),
    ]
    let text = try text(of: .instructions, for: module)
    for fragment in [
      "; a.bt:1: first 1: *(u64 *)(r10 - 8) = r1", "; a.bt:2: second 4: r1 = map[@hits] ll",
      "6: call map_lookup_elem",
    ] {
      #expect(text.contains(fragment), "\(fragment)\nis not in\n\(text)")
    }
  }

  /// Whatever is in the file of an object, it can be looked at.
  @Test func brokenObjects() throws {
    let bytes = try generate(module).bytes
    for index in 0..<min(bytes.count, 4096) {
      var broken = bytes
      broken[index] ^= 0xff
      _ = Disassembly(of: broken, maps: [], kernelCalls: [])?.text
    }
    for count in stride(from: 0, to: bytes.count, by: 97) {
      _ = Disassembly(of: Array(bytes.prefix(count)), maps: [], kernelCalls: [])?.text
    }
  }

  /// The bucket of a histogram is computed in place, without jumps but those for negative and small numbers.
  @Test func inlining() throws {
    let text = try text(
      of: .instructions,
      for: testModule { b in
        b.report(b.call(.histogramBucket, b.call(.ktimeGetNanoseconds), .constant(0, .i32)))
      })
    #expect(!text.contains("call apus_histogram_bucket"))
    #expect(text.components(of: "goto").count <= 4, "\(text)")
  }

  /// All stages are shown, in order, and the object is the same as without.
  @Test func stages() throws {
    var order: [CodeStage] = []
    let object = try generate(module, showing: Set(CodeStage.allCases)) { stage, _ in order.append(stage) }
    #expect(order == [.generated, .optimized, .instructions])
    #expect(try object == generate(module))
    #expect(object.positions == module.positions)
  }

}

extension String {

  /// Returns the words that begin with `prefix`.
  fileprivate func components(of prefix: String) -> [Substring] {
    split(separator: " ").filter { $0.hasPrefix(prefix) }
  }

}
