import Diagnostics
import Testing

@Suite struct SourceFileTests {

  @Test func findsLinesAndColumns() {
    let file = SourceFile(name: "a", text: "ab\n\nc\r\n")
    #expect(file.lineCount == 4)
    #expect(file.position(of: 0) == (1, 1))
    #expect(file.position(of: 2) == (1, 3))
    #expect(file.position(of: 3) == (2, 1))
    #expect(file.position(of: 4) == (3, 1))
    #expect(file.position(of: 7) == (4, 1))
    #expect(String(decoding: file.line(3), as: UTF8.self) == "c")
    #expect(file.line(2).isEmpty && file.line(4).isEmpty)
  }

  @Test func suggestsNearNamesOnly() {
    #expect(nearestName(to: "pidd", among: ["tid", "pid", "uid"]) == "pid")
    #expect(nearestName(to: "tcp_sendmgs", among: ["tcp_recvmsg", "tcp_sendmsg"]) == "tcp_sendmsg")
    #expect(nearestName(to: "conm", among: ["comm", "count"]) == "comm")
    #expect(nearestName(to: "xyz", among: ["pid", "tid"]) == nil)
    #expect(nearestName(to: "a", among: []) == nil)
  }

}
