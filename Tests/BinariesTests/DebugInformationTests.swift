import Binaries
import Foundation
import TestSupport
import Testing
import Types

/// What compilers tell about functions, types and lines.
@Suite struct DebugInformationTests {

  /// The source of a program.
  private static let source = """
    struct list;
    enum color { RED = 1, BLUE = -2 };
    typedef struct { long count; } counter_t;
    struct pair { int a, b; };
    struct big { long values[4]; };
    struct point {
      int x;
      unsigned y : 3, z : 5;
      char name[8];
      union { long whole; char part; };
      struct list *next;
      enum color color;
      counter_t counter;
      double weight;
      short grid[2][3];
    };
    int f(int a, const char *text, struct point *p, enum color c, double d, struct pair pair, unsigned char last,
          int stacked, int behind) {
      return a + text[0] + p->x + c + (int)d + pair.a + last + stacked + behind;
    }
    struct big g(counter_t *counter, int (*callback)(void *, char), const struct list *const list) {
      struct big result = { { counter->count, callback != 0, list != 0 } };
      return result;
    }
    static inline __attribute__((always_inline)) int inner(volatile int *n) { return ++*n; }
    int h(int n) {
      volatile int m = n;
      return inner(&m);
    }
    int main(void) { return 0; }
    """

  /// A program and what the compiler tells about it.
  private struct Program {

    /// The file.
    let file: BinaryFile

    /// The debug information.
    let information: DebugInformation

    /// Compiles the program with the given flags.
    init(_ compiler: String, _ flags: String...) throws {
      let folder = makeResultDirectory()
      defer { try? FileManager.default.removeItem(at: folder) }
      try DebugInformationTests.source.write(
        toFile: folder.path + "/sample.c", atomically: true, encoding: .utf8)
      let path = folder.path + "/sample"
      let (status, _, errors) = try run(
        "/usr/bin/env", [compiler, "-g"] + flags + ["-o", path, folder.path + "/sample.c"])
      try #require(status == 0, "\(errors)")
      file = try BinaryFile(path)
      information = try #require(DebugInformation(of: file))
    }

    /// Returns the address of the function `name`.
    func address(of name: String) -> UInt64 {
      var result: UInt64 = 0
      file.symbols.forEach { symbol, symbolName in
        if symbolName.elementsEqual(name.utf8) { result = symbol.address }
        return result == 0
      }
      return result
    }

  }

  /// The ways to compile the program.
  private static let compilers = [
    ["clang-19", "-O0"], ["clang-19", "-O1"], ["clang-19", "-O0", "-gdwarf-4"], ["clang-19", "-O1", "-gz"],
  ]

  @Test(arguments: compilers) func parametersAreInRegisters(compiler: [String]) throws {
    let program = try Program(compiler[0], compiler[1], compiler.last ?? "")
    let function = try #require(program.information.function(at: program.address(of: "f")))
    #expect(function.name == "f")
    #expect(function.result == "int")
    #expect(
      function.parameters.map(\.declaration) == [
        "int a", "const char *text", "struct point *p", "enum color c", "double d", "struct pair pair",
        "unsigned char last", "int stacked", "int behind",
      ])
    #expect(function.parameters.map(\.register) == [0, 1, 2, 3, nil, 4, 5, nil, nil])
    let point = StructureType(StructureName(.struct, "point"))
    let integer = IntegerType(width: 32, isSigned: true)
    #expect(
      function.parameters.map(\.type).prefix(4) == [
        .int32, .pointer(to: .integer(IntegerType(width: 8, isSigned: true)), .user),
        .pointer(to: .structure(point), .user), .enumeration(name: "color", integer),
      ])
    let other = try #require(program.information.function(at: program.address(of: "g")))
    #expect(
      other.parameters.map(\.declaration) == [
        "counter_t *counter", "int (*callback)(void *, char)", "const struct list *const list",
      ])
    // The place for the result comes first.
    #expect(other.parameters.map(\.register) == [1, 2, 3])
    #expect(program.information.function(at: program.address(of: "f") + 1) == nil)
  }

  @Test(arguments: compilers) func typesAreLaidOut(compiler: [String]) throws {
    let program = try Program(compiler[0], compiler[1], compiler.last ?? "")
    let point = try #require(program.information.layout(of: StructureName(.struct, "point")))
    #expect(point.size == 72)
    #expect(
      point.members.map { "\($0.name) \($0.offset) \($0.bits.map { "\($0.offset):\($0.width)" } ?? "")" } == [
        "x 0 ", "y 4 0:3", "z 4 3:5", "name 5 ", "whole 16 ", "part 16 ", "next 24 ", "color 32 ",
        "counter 40 ",
        "weight 48 ", "grid 56 ",
      ])
    #expect(
      point["name"]?.type == .array(of: .integer(IntegerType(width: 8, isSigned: true)), count: 8))
    let short = Type.integer(IntegerType(width: 16, isSigned: true))
    #expect(point["grid"]?.type == .array(of: .array(of: short, count: 3), count: 2))
    #expect(point["weight"]?.type == .uint64)
    guard case .structure(let counter) = point["counter"]?.type else {
      Issue.record("the counter is no structure")
      return
    }
    #expect(program.information.layout(of: counter.name)?["count"]?.type == .int64)
    let color = try #require(program.information.enumeration(named: "color"))
    #expect(color.type.isSigned)
    #expect(color.constants.map { "\($0.name)=\($0.value)" } == ["RED=1", "BLUE=-2"])
    #expect(program.information.layout(of: StructureName(.struct, "none")) == nil)
    #expect(program.information.layout(of: StructureName(.struct, "list")) == nil)
  }

  @Test(arguments: compilers) func linesHaveAddresses(compiler: [String]) throws {
    let program = try Program(compiler[0], compiler[1], compiler.last ?? "")
    let lines = Self.source.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("return a + text") }) + 1
    let start = program.address(of: "f")
    let addresses = program.information.addresses(ofLine: line, in: "sample.c")
    #expect(addresses.count == 1 && addresses[0] >= start && addresses[0] < program.address(of: "g"))
    #expect(program.information.addresses(ofLine: line, in: "other.c").isEmpty)
    #expect(program.information.addresses(ofLine: 100_000, in: "sample.c").isEmpty)
    let frame = try #require(addresses.first.flatMap { program.information.frames(at: $0).first })
    #expect(frame.function == "f")
    #expect(frame.place?.line == line)
    #expect(frame.place?.file.hasSuffix("/sample.c") == true)
  }

  @Test func functionsThatWereInlinedAreNamed() throws {
    let program = try Program("clang-19", "-O1")
    let start = program.address(of: "h")
    let stacks = (0..<16).map { program.information.frames(at: start + $0).map { $0.function ?? "" } }
    #expect(stacks.contains(["inner", "h"]))
    #expect(stacks.contains(["h"]))
  }

  @Test func filesWithoutInformationHaveNone() throws {
    let program = try BinaryFile("/bin/true")
    #expect(DebugInformation(of: program) == nil)
  }

}
