import Diagnostics
import Glibc
import Zabbix

extension ZabbixConfiguration {

  /// Creates what `options` ask for, which have servers. The key that encrypts is read.
  init(_ options: ZabbixOptions) throws(Stop) {
    guard case .success(let groups)? = options.servers.map({ ServerGroup.list($0) }) else {
      preconditionFailure("servers are checked when the options are")
    }
    var host = options.host ?? ""
    if host.isEmpty { host = try hostName() }
    self.init(servers: groups, host: host)
    if let key = options.key { template = checkedTemplate(key) }
    mapTemplates = options.mapKeys.mapValues { checkedTemplate($0) }
    if let key = options.discoveryKey { discoveryTemplate = key.isEmpty ? nil : checkedTemplate(key) }
    if let limit = options.queueLimit { queueLimit = limit }
    sendsRates = options.sendsRates
    encryption = try Encryption(options)
  }

}

extension Encryption {

  /// Creates what `options` ask for. The key that both sides have is read.
  fileprivate init(_ options: ZabbixOptions) throws(Stop) {
    if let identity = options.sharedKeyIdentity, let file = options.sharedKeyFile {
      guard let key = Encryption.key(inFile: try SourceFile(reading: .file(file)).text) else {
        let sizes = Encryption.keySizes
        throw Stop(
          "'\(file)' holds no key, which is \(sizes.lowerBound * 2) to \(sizes.upperBound * 2) hexadecimal digits",
          hint: "'openssl rand -hex 32' makes one")
      }
      self = .sharedKey(identity: identity, key: key)
    } else if let authority = options.authorityFile {
      self = .certificates(
        authority: authority, certificate: options.certificateFile, key: options.certificateKeyFile)
    } else {
      self = .none
    }
  }

}

/// Returns the template `text`, which is right.
private func checkedTemplate(_ text: String) -> KeyTemplate {
  do { return try KeyTemplate(text) } catch { preconditionFailure("keys are checked when the options are") }
}

/// Returns the name of this machine.
private func hostName() throws(Stop) -> String {
  var name = [CChar](repeating: 0, count: 256)
  guard gethostname(&name, name.count - 1) == 0, name[0] != 0 else {
    throw Stop("this machine has no name", hint: "'--zabbix-host NAME' gives the one that Zabbix knows it by")
  }
  return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
