/// A configuration, and everything that its files hold.
struct LoadedConfiguration: Sendable {

  /// The configuration.
  let configuration: WebConfiguration

  /// How connections are encrypted, nil if they are not.
  let encryption: Encryption?

  /// Creates the configuration of a server for which nothing is configured.
  init() {
    configuration = WebConfiguration()
    encryption = nil
  }

  /// Reads the configuration in the file at `path`, and the files that it names.
  init(path: String) throws(ServerError) {
    let bytes: [UInt8]
    do throws(ConfigurationFile.Failure) {
      bytes = try ConfigurationFile.bytes(at: path)
    } catch {
      throw .configuration("cannot read the web configuration '\(path)': \(error.reason)")
    }
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ""
    let (configuration, faults) = ConfigurationReader.read(bytes, folder: folder)
    guard faults.isEmpty else {
      let ordered = faults.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
      throw .configuration(ordered.map { $0.text(in: path) }.joined(separator: "\n"))
    }
    self.configuration = configuration
    do throws(Encryption.Failure) {
      encryption = try configuration.encryption.map { settings throws(Encryption.Failure) in
        try Encryption(settings)
      }
    } catch {
      throw .configuration("\(path): \(error.text)")
    }
  }

}
