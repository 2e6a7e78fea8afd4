/// What is sent to a server: values of items of a host.
enum SenderRequest {

  /// Returns the data of the packet with `values` of `host` that is sent at `time`, in nanoseconds since 1970.
  static func data(with values: some Collection<ZabbixValue>, of host: String, at time: Int64) -> [UInt8] {
    var result = Array("{\"request\":\"sender data\",\"data\":[".utf8)
    var isFirst = true
    for value in values {
      if !isFirst { result.append(UInt8(ascii: ",")) }
      isFirst = false
      result += Array("{\"host\":".utf8)
      JSONText.append(host, to: &result)
      result += Array(",\"key\":".utf8)
      JSONText.append(value.key, to: &result)
      result += Array(",\"value\":".utf8)
      JSONText.append(value.value, to: &result)
      append(value.time, to: &result)
      result.append(UInt8(ascii: "}"))
    }
    result.append(UInt8(ascii: "]"))
    append(time, to: &result)
    result.append(UInt8(ascii: "}"))
    return result
  }

  /// Appends `time` as members of an object to `result`.
  private static func append(_ time: Int64, to result: inout [UInt8]) {
    let (seconds, rest) = max(0, time).quotientAndRemainder(dividingBy: 1_000_000_000)
    result += Array(",\"clock\":\(seconds),\"ns\":\(rest)".utf8)
  }

}
