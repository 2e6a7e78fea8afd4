import WebServer

extension OptionRow {

  /// What is shown to the monitoring of a machine.
  static let monitoringRows: [OptionRow] = [
    OptionRow(
      "--metrics", argument: "[ADDR:]PORT",
      help: "serve what the maps of scripts hold as metrics, for Prometheus: on this",
      "machine alone, at the address ADDR, or with ':PORT' at all addresses; all",
      "words up to '--' or an option behind them are scripts then"
    ) { (options, value) throws(UsageFault) in
      guard options.metricsAddress == nil else { throw UsageFault("'--metrics' is given twice") }
      guard ListeningAddress(value) != nil else {
        throw UsageFault(
          "'--metrics' takes a port, or an address and a port with ':' between; '\(value)' is none")
      }
      options.metricsAddress = value
    },
    OptionRow(
      "--web-config", argument: "FILE",
      help: "serve metrics by TLS, or to those with a password, as FILE says: the web",
      "configuration of Prometheus's exporters"
    ) { (options, value) throws(UsageFault) in
      guard options.webConfiguration == nil else { throw UsageFault("'--web-config' is given twice") }
      options.webConfiguration = value
    },
    OptionRow(
      "--no-statistics", help: "do not count how often programs run, and how long, for metrics: that",
      "costs some 20 ns for each run"
    ) { $0.countsRuns = false },
  ]

}
