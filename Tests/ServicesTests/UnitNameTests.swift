import Services
import Testing

/// What services and their units are called.
@Suite struct UnitNameTests {

  @Test func `a unit's name holds nothing that systemd does not allow`() {
    #expect(UnitName.unit(running: "tcp top") == "apus-tcp-top.service")
    #expect(UnitName.unit(running: "a@b/ü:c_1.2") == "apus-a-b---c_1.2.service")
  }

  @Test(arguments: [
    ("/etc/apus/traffic.bt", "traffic"), ("traffic.bt", "traffic"), ("traffic", "traffic"), (".bt", ".bt"),
    ("/opt/x/tcp.calls.bt", "tcp.calls"), ("/", "/"),
  ])
  func servicesAreCalledAsTheirScripts(path: String, name: String) {
    #expect(UnitName.service(forScriptAt: path) == name)
  }

  @Test func usableNames() {
    for name in ["traffic", "a", "A-1_b.c", String(repeating: "x", count: 242)] {
      #expect(UnitName.isUsable(name), "\(name)")
    }
    for name in ["", "a b", "a/b", "x@y", "ü", String(repeating: "x", count: 243)] {
      #expect(!UnitName.isUsable(name), "\(name)")
    }
  }

}
