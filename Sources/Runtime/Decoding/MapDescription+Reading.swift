import BPF
import Output
import Types

extension MapDescription {

  /// Returns `elements`, or those in `range`, with the values of all CPUs put together, without those that are not set.
  func elements(
    in elements: MapElements, _ range: Range<Int>? = nil, with decoder: ValueDecoder
  ) -> [MapContents.Element] {
    let range = range ?? 0..<elements.count
    var result: [MapContents.Element] = []
    result.reserveCapacity(range.count)
    let parts = Array(zip(key, keyLayout.offsets))
    elements.keys.withUnsafeBytes { keys in
      elements.values.withUnsafeBytes { values in
        for i in range {
          let key = UnsafeRawBufferPointer(rebasing: keys[i * elements.keySize..<(i + 1) * elements.keySize])
          let rows = (0..<elements.valueCount).map { cpu in
            let start = (i * elements.valueCount + cpu) * elements.stride
            return RawBytes(UnsafeRawBufferPointer(rebasing: values[start..<start + elements.valueSize]))
          }
          if let element = element(key: RawBytes(key), of: parts, rows: rows, with: decoder) {
            result.append(element)
          }
        }
      }
    }
    return result
  }

  /// Returns the element with the given key, which has `parts` at their offsets, its value put together from those of every CPU; nil
  /// if it is not set.
  func element(
    key bytes: RawBytes, of parts: [(Type, Int)], rows: [RawBytes], with decoder: ValueDecoder
  ) -> MapContents.Element? {
    var key: [Value] = []
    key.reserveCapacity(parts.count)
    for (type, offset) in parts {
      guard let part = decoder.value(of: type, at: offset, in: bytes) else { return nil }
      key.append(part)
    }
    return value(of: rows, with: decoder).map { MapContents.Element(key: key, value: $0) }
  }

  /// Returns the value put together from those of every CPU; nil if it is not set.
  func value(of rows: [RawBytes], with decoder: ValueDecoder) -> Value? {
    switch storage {
    case .perCPU, .dense:
      let set = rows.filter { ($0.load(presenceOffset, as: UInt64.self) ?? 0) != 0 }
      return set.isEmpty ? nil : combined(set, with: decoder)
    case .global, .hash, .pinned: return combined(rows, with: decoder)
    }
  }

  /// Returns the value put together from those of every CPU that has one.
  private func combined(_ rows: [RawBytes], with decoder: ValueDecoder) -> Value? {
    switch value {
    case .aggregation(let aggregation): return aggregation.value(of: rows)
    case .plain(.integer(let type)) where pinned == nil:
      let sum = rows.reduce(0 as UInt64) { $0 &+ ($1.load(0, as: UInt64.self) ?? 0) }
      return type.isSigned ? .signed(Int64(bitPattern: sum)) : .unsigned(sum)
    case .plain(let type): return rows.first.flatMap { decoder.value(of: type, at: 0, in: $0) }
    }
  }

  /// The value that `print` shows for an element that is not set.
  func emptyValue(with decoder: ValueDecoder) -> Value {
    switch value {
    case .aggregation(let aggregation): aggregation.emptyValue
    case .plain(let type):
      [UInt8](repeating: 0, count: max(8, type.size)).withUnsafeBytes {
        decoder.value(of: type, at: 0, in: RawBytes($0)) ?? .unsigned(0)
      }
    }
  }

  /// What decides the type of the map in JSON.
  var kind: MapContents.Kind {
    if case .aggregation(let aggregation) = value { aggregation.kind } else { .plain }
  }

}
