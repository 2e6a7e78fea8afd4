import Metrics
import Zabbix

extension ZabbixReceiver {

  /// Returns how `receivers` are doing, as metrics.
  static func families(of receivers: [ZabbixReceiver]) -> [PlainFamily] {
    var queued = PlainFamily(
      "apus_zabbix_queued_values", .gauge, "Values that a Zabbix server has not taken yet.")
    var capacity = PlainFamily(
      "apus_zabbix_queue_capacity", .gauge, "Values that there is room for while a Zabbix server takes none.")
    var delivered = PlainFamily(
      "apus_zabbix_delivered_values_total", .counter, "Values that a Zabbix server took.")
    var requests = PlainFamily(
      "apus_zabbix_requests_total", .counter, "Requests that a Zabbix server answered.")
    var failures = PlainFamily(
      "apus_zabbix_failed_requests_total", .counter, "Requests that a Zabbix server did not get or answer.")
    for receiver in receivers {
      for (server, counts) in receiver.reporter.statistics {
        let labels: [PlainFamily.Label] = [.init("script", receiver.script), .init("server", server)]
        queued.samples.append(.init(.count(UInt64(counts.queuedCount)), labels: labels))
        capacity.samples.append(.init(.count(UInt64(counts.queueLimit)), labels: labels))
        delivered.samples.append(.init(.count(counts.deliveredCount), labels: labels))
        requests.samples.append(.init(.count(counts.requestCount), labels: labels))
        failures.samples.append(.init(.count(counts.failureCount), labels: labels))
      }
    }
    return [queued, capacity, delivered, requests, failures]
  }

}
