import Foundation
import TestSupport
import Testing

/// Options about Zabbix that make no sense: one sentence that says why.
@Suite struct ZabbixOptionTests {

  @Test(
    arguments: [
      (["--rate"], "'--rate' makes no sense without '--zabbix SERVER', where values are sent to"),
      (
        ["--zabbix-key", "a"],
        "'--zabbix-key' makes no sense without '--zabbix SERVER', where values are sent to"
      ),
      (["--zabbix", "a:b"], "'--zabbix' takes SERVER[:PORT]; 'a:b' is none"),
      (["--zabbix", "a,"], "'--zabbix' takes SERVER[:PORT]; '' is none"),
      (
        ["--zabbix", "a", "--zabbix-key", "x["],
        "'--zabbix-key' takes a key such as 'apus.{map}[{key}]'; in 'x[' ']' is missing"
      ),
      (["--zabbix", "a", "--zabbix-key", "@x"], "'--zabbix-key' takes a key, or '@MAP=KEY', not '@x'"),
      (
        ["--zabbix", "a", "--zabbix-discovery", "d[{key}]"],
        "'--zabbix-discovery' takes the key of a rule for all elements of a map; 'd[{key}]' is about one"
      ),
      (["--zabbix", "a", "--zabbix-queue", "0"], "'--zabbix-queue' takes a number of values; '0' is none"),
      (["--zabbix", "a", "--zabbix-host", ""], "'--zabbix-host' takes a name of 1 to 128 bytes, not ''"),
      (
        ["--zabbix", "a", "--zabbix-psk-file", "/f"],
        "'--zabbix-psk-identity' and '--zabbix-psk-file' are given together or not at all"
      ),
      (
        ["--zabbix", "a", "--zabbix-psk-identity", ""],
        "'--zabbix-psk-identity' takes a name of 1 to 128 bytes"
      ),
      (
        ["--zabbix", "a", "--zabbix-ca", "/f", "--zabbix-cert", "/f"],
        "'--zabbix-cert' and '--zabbix-cert-key' are given together or not at all"
      ),
      (
        ["--zabbix", "a", "--zabbix-ca", "/f", "--zabbix-psk-identity", "i", "--zabbix-psk-file", "/f"],
        "'--zabbix-psk-file' and '--zabbix-ca' are two ways to encrypt; give one of them"
      ),
      (
        ["--zabbix", "a", "--zabbix-psk-identity", "i", "--zabbix-psk-file", "/dev/null"],
        "'/dev/null' holds no key, which is 32 to 512 hexadecimal digits; 'openssl rand -hex 32' makes one"
      ),
      (
        ["--zabbix", "a", "--zabbix-key", "x"],
        "all elements of '@a' would be sent as one item 'x'; put '{key}' into the brackets, or '{key0}'"
      ),
      (
        ["--zabbix", "a", "--zabbix-key", "x[{subnet}]"],
        "the keys of '@a' have no part 'subnet', which 'x[{subnet}]' names; there is '{key0}'; \"--zabbix-key '@a=KEY'\" "
          + "is for this map only"
      ),
      (
        ["--zabbix", "a", "--zabbix-key", "@b=x"],
        "'--zabbix-key' names '@b', a map that no script prints; there is '@a'"
      ),
    ] as [([String], String)])
  func mistakes(arguments: [String], sentence: String) throws {
    let result = try run(executable, arguments + ["-e", "BEGIN { @a[1] = 1; print(@a); exit(); }"])
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors == "apus: \(sentence)\n")
  }

}
