import Testing
import Zabbix

@Test func `a value knows its key`() {
  #expect(ZabbixValue(key: "apus.x", value: "1", time: 0).key == "apus.x")
}
