/// Values for those who look at them from outside.
extension Value {

  /// The value on one line as `print` shows it, the frames of a stack with `;` between them.
  public var line: [UInt8] {
    if case .stack(let frames, _) = self { return Array(frames.joined(separator: [UInt8(ascii: ";")])) }
    var result: [UInt8] = []
    result.append(textOf: self, indentation: 0)
    return result
  }

  /// The value as JSON.
  public var json: [UInt8] {
    var result: [UInt8] = []
    result.append(jsonOf: self)
    return result
  }

}
