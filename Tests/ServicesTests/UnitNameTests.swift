import Services
import Testing

@Test func `a unit's name holds nothing that systemd does not allow`() {
  #expect(UnitName.unit(running: "tcp top") == "apus-tcp-top.service")
}
