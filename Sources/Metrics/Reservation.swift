/// The names that maps cannot have as metrics, because they are given already.
enum Reservation {

  /// Metrics that Prometheus makes for everything that it scrapes.
  private static let ofPrometheus: Set<String> = [
    "up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling",
    "scrape_series_added",
  ]

  /// Metrics about the process.
  private static let ofProcess: Set<String> = [
    "process_cpu_seconds", "process_resident_memory_bytes", "process_virtual_memory_bytes",
    "process_open_fds",
    "process_max_fds", "process_start_time_seconds",
  ]

  /// Returns `true` iff a family called `name`, or one of its samples called `sample`, would be taken for another.
  static func holds(_ name: String) -> Bool {
    name.hasPrefix("apus_") || ofProcess.contains(name) || ofPrometheus.contains(name)
  }

  /// Returns who gives the name.
  static func owner(of name: String) -> String { ofPrometheus.contains(name) ? "Prometheus" : "apus itself" }

}
