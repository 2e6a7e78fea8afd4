import Diagnostics
import IR
import Kernel
import Relocation
import TestSupport
import Testing
import Types

/// Objects that are made fit for a kernel: the numbers in them, and what does not fit.
@Suite struct RelocationTests {

  /// The structure whose members the facts are about.
  private static let socket = StructureName(.struct, "sock_common")

  /// Numbers are put in the place of those that the object was compiled with.
  @Test func replacesNumbers() throws {
    let facts = [
      KernelFact(.offset(Self.socket, [.member("skc_family")]), value: 100, type: .integer(.uint16)),
      KernelFact(.size(Self.socket), value: 7),
      KernelFact(.shift(Self.socket, member: "skc_reuse"), value: 1, type: .integer(.uint8)),
      KernelFact(.symbol("avenrun"), value: 1),
      KernelFact(.constant("PIDTYPE_TGID", enumeration: "pid_type"), value: 4),
      KernelFact(.possibleCPUs, value: 1),
    ]
    let object = try relocate(
      Self.object(facts), sharing: Manifest(), to: RecordedKernel(), knowing: []
    )
    .object
    #expect(Self.numbers(of: object) == [16, 136, 60, Int64(bitPattern: 0xffff_ffff_8300_0040), 1, 4])
  }

  /// What does not fit is told, all of it, with its place in the script.
  @Test(arguments: [
    (
      KernelFact(.offset(socket, [.member("skc_dport")]), value: 8),
      "'struct sock_common' has no member 'skc_dport' in this kernel"
    ),
    (
      KernelFact(.offset(socket, [.member("skc_family")]), value: 16, type: .uint32),
      "'skc_family' of 'struct sock_common' is of type 'uint16' in this kernel, and of type 'uint32' where the file was built"
    ),
    (
      KernelFact(.offset(socket, [.member("skc_daddr")]), value: 4, type: .uint32, isFixed: true),
      "'skc_daddr' of 'struct sock_common' is at offset 0 in this kernel, and at 4 where the file was built"
    ),
    (
      KernelFact(.size(StructureName(.struct, "nothing")), value: 4),
      "there is no 'struct nothing' in this kernel"
    ),
    (
      KernelFact(.size(socket), value: 4, isFixed: true),
      "'struct sock_common' has 136 bytes in this kernel, and 4 where the file was built"
    ),
    (KernelFact(.constant("NONE", enumeration: ""), value: 4), "this kernel has no constant 'NONE'"),
    (KernelFact(.symbol("nothing"), value: 4), "the kernel has no symbol 'nothing'"),
  ])
  func refusesWhatDoesNotFit(_ fact: KernelFact, _ message: String) throws {
    let fact = KernelFact(
      fact.subject, value: fact.value, type: fact.type, isFixed: fact.isFixed, position: 0)
    let source = SourceFile(name: "script.bt", text: "kprobe:f { }")
    let fault = #expect(throws: RelocationFault.self) {
      _ = try relocate(
        Self.object([fact]), sharing: Manifest(), to: RecordedKernel(),
        knowing: [source])
    }
    let diagnostic = try #require(fault?.diagnostics.first)
    #expect(diagnostic.message == message)
    #expect(diagnostic.site == SourceSpan(source, from: 0, to: 6))
  }

  /// What is missing because a member is gone is no fault of its own.
  @Test func tellsCausesOnly() throws {
    let inner = StructureName(.struct, "sock_common.skc_gone")
    let facts = [
      KernelFact(.offset(Self.socket, [.member("skc_gone")]), value: 8),
      KernelFact(.offset(inner, [.member("part")]), value: 4),
    ]
    func messages(_ facts: [KernelFact]) throws -> [String] {
      let fault = #expect(throws: RelocationFault.self) {
        _ = try relocate(Self.object(facts), sharing: Manifest(), to: RecordedKernel(), knowing: [])
      }
      return (fault?.diagnostics ?? []).map(\.message)
    }
    #expect(try messages(facts) == ["'struct sock_common' has no member 'skc_gone' in this kernel"])
    #expect(
      try messages([facts[1]]) == ["there is no 'struct sock_common.skc_gone' in this kernel"])
  }

  /// Whatever an object from a file says about its instructions, nothing outside of it is touched.
  @Test func toleratesWrongPlaces() throws {
    var object = BPFObject(bytes: [UInt8](repeating: 0, count: 20), positions: [])
    object.facts = [KernelFact(.possibleCPUs, value: 1)]
    object.factUses = [-8, 5, 8, .max].map { BPFObject.FactUse(offset: $0, fact: 0) }
    object.factUses += [BPFObject.FactUse(offset: 0, fact: 3), BPFObject.FactUse(offset: 0, fact: -1)]
    let result = try relocate(
      object, sharing: Manifest(), to: RecordedKernel(), knowing: []
    ).object
    #expect(result.bytes.count == 20)
  }

  /// Returns an object that consists of one load for each of `facts`.
  private static func object(_ facts: [KernelFact]) -> BPFObject {
    let load: [UInt8] = [0x18, 1, 0, 0] + [UInt8](repeating: 0, count: 12)
    var object = BPFObject(
      bytes: facts.flatMap { _ in load }, positions: [IRPosition(start: 0, end: 6)])
    object.facts = facts
    object.factUses = facts.indices.map { BPFObject.FactUse(offset: 16 * $0, fact: $0) }
    return object
  }

  /// Returns the numbers that the instructions of `object` load.
  private static func numbers(of object: BPFObject) -> [Int64] {
    stride(from: 0, to: object.bytes.count, by: 16).map { start in
      var result: UInt64 = 0
      for i in 0..<4 {
        result |= UInt64(object.bytes[start + 4 + i]) << (8 * i)
        result |= UInt64(object.bytes[start + 12 + i]) << (32 + 8 * i)
      }
      return Int64(bitPattern: result)
    }
  }

}

extension IntegerType {

  /// `uint16`.
  fileprivate static let uint16 = IntegerType(width: 16, isSigned: false)

  /// `uint8`.
  fileprivate static let uint8 = IntegerType(width: 8, isSigned: false)

}
