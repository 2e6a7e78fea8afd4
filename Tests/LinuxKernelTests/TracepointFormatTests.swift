import Kernel
import Testing
import Types

/// Format files of tracepoints, from recorded text.
@Suite struct TracepointFormatTests {

  /// A system call's arguments, each in 8 bytes, of which as many count as the declared type has.
  @Test func systemCall() throws {
    let format = try #require(
      TracepointFormat(
        parsing: """
          name: sys_enter_openat
          ID: 782
          format:
          \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
          \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

          \tfield:int __syscall_nr;\toffset:8;\tsize:4;\tsigned:1;
          \tfield:int dfd;\toffset:16;\tsize:8;\tsigned:0;
          \tfield:const char * filename;\toffset:24;\tsize:8;\tsigned:0;
          \tfield:umode_t mode;\toffset:40;\tsize:8;\tsigned:0;

          print fmt: "dfd: 0x%08lx", ((unsigned long)(REC->dfd))
          """))
    #expect(format.id == 782)
    #expect(format.fields.map(\.name) == ["__syscall_nr", "dfd", "filename", "mode"])
    #expect(format.fields[1].type == .int32 && format.fields[1].offset == 16 && format.fields[1].size == 8)
    #expect(
      format.fields[2].type == .pointer(to: .integer(IntegerType(width: 8, isSigned: true)), .kernel))
    #expect(format.fields[2].declaration == "const char * filename")
    #expect(format.fields[3].type == .integer(IntegerType(width: 16, isSigned: false)))
  }

  /// Declarations and what they mean.
  @Test(arguments: [
    ("char comm[16]", 16, false, Type.string(capacity: 16)),
    ("u8 saddr[4]", 4, false, .array(of: .integer(IntegerType(width: 8, isSigned: false)), count: 4)),
    ("unsigned long args[6]", 48, false, .array(of: .uint64, count: 6)),
    ("xfs_ino_t ino", 8, false, .uint64),
    ("xfs_daddr_t d", 8, true, .int64),
    ("unsigned x", 4, false, .uint32),
    ("long long x", 8, true, .int64),
    ("unsigned long long x", 8, false, .uint64),
    ("enum zone_type zone", 1, false, .integer(IntegerType(width: 8, isSigned: false))),
    ("void * p", 8, false, .pointer(to: .none, .kernel)),
    (
      "const struct iovec * vec", 8, false,
      .pointer(to: .structure(StructureType(StructureName(.struct, "iovec"))), .kernel)
    ),
    (
      "const char *const * argv", 8, false,
      .pointer(to: .pointer(to: .integer(IntegerType(width: 8, isSigned: true)), .kernel), .kernel)
    ),
  ])
  func declarations(_ declaration: String, size: Int, isSigned: Bool, type: Type) throws {
    let line = "\tfield:\(declaration);\toffset:8;\tsize:\(size);\tsigned:\(isSigned ? 1 : 0);"
    let format = try #require(TracepointFormat(parsing: "ID: 1\n\(line)\n"))
    #expect(format.fields.first?.type == type)
  }

  /// Data of varying length is referred to.
  @Test func dataLocation() throws {
    let text = "ID: 1\n\tfield:__data_loc char[] filename;\toffset:8;\tsize:4;\tsigned:0;\n"
    let field = try #require(TracepointFormat(parsing: text)?.fields.first)
    #expect(field.isDataLocation && field.name == "filename" && field.size == 4)
    #expect(field.type == .array(of: .integer(IntegerType(width: 8, isSigned: true)), count: 0))
  }

  /// Text that is no format, or a mutilated one, is not taken for one.
  @Test(arguments: ["", "ID: x", "field:int a; offset:0; size:4; signed:1;"])
  func nonsense(_ text: String) { #expect(TracepointFormat(parsing: text) == nil) }

  /// Lines that cannot be understood are left out.
  @Test(arguments: [
    "field:;offset:0;size:4;signed:0;", "field:int x;offset:-1;size:4;signed:1;",
    "field:int [;offset:0;size:4;",
    "field:]];offset:0;size:4;", "field", "field:int x",
  ])
  func malformedLines(_ line: String) throws {
    #expect(try #require(TracepointFormat(parsing: "ID: 7\n\(line)\n")).fields.isEmpty)
  }

}
