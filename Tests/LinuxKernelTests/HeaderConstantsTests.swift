import Glibc
import Kernel
import Testing

/// The built-in constants, against those of the C library here.
@Suite struct HeaderConstantsTests {

  @Test func agreeWithTheHeadersOfTheSystem() {
    let known: [(String, Int64)] = [
      ("AF_INET", Int64(AF_INET)), ("AF_INET6", Int64(AF_INET6)), ("AF_UNIX", Int64(AF_UNIX)),
      ("PF_INET6", Int64(PF_INET6)), ("SOL_SOCKET", Int64(SOL_SOCKET)), ("SO_REUSEADDR", Int64(SO_REUSEADDR)),
      ("TCP_NODELAY", Int64(TCP_NODELAY)), ("O_RDWR", Int64(O_RDWR)), ("O_CREAT", Int64(O_CREAT)),
      ("O_CLOEXEC", Int64(O_CLOEXEC)), ("O_DIRECTORY", Int64(O_DIRECTORY)),
      ("O_NOFOLLOW", Int64(O_NOFOLLOW)), ("S_IFDIR", Int64(S_IFDIR)), ("S_IFMT", Int64(S_IFMT)),
      ("PROT_EXEC", Int64(PROT_EXEC)), ("MAP_ANONYMOUS", Int64(MAP_ANONYMOUS)), ("EPERM", Int64(EPERM)),
      ("EAGAIN", Int64(EAGAIN)), ("ECONNREFUSED", Int64(ECONNREFUSED)), ("SIGKILL", Int64(SIGKILL)),
      ("SIGCHLD", Int64(SIGCHLD)), ("PATH_MAX", Int64(PATH_MAX)), ("INT_MAX", Int64(Int32.max)),
      ("INT_MIN", Int64(Int32.min)), ("UINT_MAX", Int64(UInt32.max)), ("LONG_MIN", Int64.min),
      ("POLLIN", Int64(POLLIN)), ("CLOCK_MONOTONIC", Int64(CLOCK_MONOTONIC)), ("IFNAMSIZ", 16),
      ("AT_FDCWD", Int64(AT_FDCWD)),
    ]
    for (name, value) in known {
      #expect(HeaderConstants.macro(named: name) == value, "\(name)")
    }
  }

  @Test func haveWhatOnlyTheKernelKnows() {
    #expect(HeaderConstants.macro(named: "TASK_COMM_LEN") == 16)
    #expect(HeaderConstants.macro(named: "ETH_P_IPV6") == 0x86dd)
    #expect(HeaderConstants.macro(named: "CLONE_NEWNET") == 0x4000_0000)
    #expect(HeaderConstants.macro(named: "NF_ACCEPT") == 1)
    #expect(HeaderConstants.macro(named: "TCP_LISTEN") == 10)
    #expect(HeaderConstants.macro(named: "ERESTARTSYS") == 512)
    #expect(HeaderConstants.enumerationConstant(named: "SOCK_DGRAM") == 2)
    #expect(HeaderConstants.macro(named: "SOCK_DGRAM") == nil)
  }

  @Test func areFoundByTheirWholeNamesOnly() {
    #expect(HeaderConstants.macro(named: "AF_INE") == nil)
    #expect(HeaderConstants.macro(named: "AF_INET66") == nil)
    #expect(HeaderConstants.macro(named: "") == nil)
  }

  @Test func haveEachNameOnce() {
    let names = HeaderConstants.names
    #expect(names.count > 2000)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(
        HeaderConstants.macro(named: name) != nil || HeaderConstants.enumerationConstant(named: name) != nil,
        "\(name)")
    }
  }

}
