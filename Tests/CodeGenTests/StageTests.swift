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
  @Test func assembly() throws {
    let text = try text(of: .assembly, for: module)
    for fragment in ["globals ll", "lock *(u64 *)(", "w0 = 0 exit"] {
      #expect(text.contains(fragment), "\(fragment)\nis not in\n\(text)")
    }
    #expect(!text.contains("atomic_fetch"))
  }

  /// The bucket of a histogram is computed in place, without jumps but those for negative and small numbers.
  @Test func inlining() throws {
    let text = try text(
      of: .assembly,
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
    #expect(order == [.generated, .optimized, .assembly])
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
