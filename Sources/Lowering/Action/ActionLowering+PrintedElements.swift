import Builtins
import IR
import Semantics
import Syntax
import Types

/// Sending single elements to be printed.
extension ActionLowering {

  /// Emits the instructions that send one element to be printed: whether it is there, its key, and its value if it is plain.
  mutating func printElement(_ name: Name, key: [Expression], dividedBy divisor: Int?) {
    let map = mapIndex(name.text)
    let description = mapDescription(map)
    let keyPlace = description.isGlobal || description.key.isEmpty ? nil : self.key(key, of: map)
    var fields: [Type] = [.bool] + description.key
    if case .plain(let type) = description.value { fields.append(type) }
    let entry: Operand? = description.isGlobal ? nil : lookup(map, key: keyPlace ?? self.key(key, of: map))
    sendEvent(.printElement(map: map, divisor: divisor), fields: fields) { lowering, places in
      if let keyPlace {
        for (index, offset) in description.keyLayout.offsets.enumerated() {
          let type = description.key[index]
          lowering.copy(from: keyPlace.advanced(by: offset), type, to: places[1 + index], type)
        }
      }
      let value = places.count > 1 + description.key.count ? places.last : nil
      if case .global(let offset, let presence) = description.storage {
        let isThere = lowering.builder.load(.i8, from: Place(.globals, offset: presence))
        lowering.builder.store(isThere, to: places[0])
        if let value { lowering.copyElement(at: Place(.globals, offset: offset), of: map, to: value) }
      } else if let entry {
        lowering.sendEntry(entry, of: map, presence: places[0], value: value)
      }
    }
  }

  /// Emits the instructions that write whether there is an entry, and the plain value in it, to fields of an event.
  private mutating func sendEntry(_ entry: Operand, of map: Int, presence: Place, value: Place?) {
    let description = mapDescription(map)
    ifThere(
      entry,
      then: { lowering, element in
        switch description.storage {
        case .dense(_, isPerCPU: false):
          let word = lowering.builder.load(.i64, from: element.advanced(by: description.presenceOffset))
          lowering.builder.store(
            lowering.builder.binary(.notEqual, word, .constant(0, .i64)), to: presence)
        default: lowering.builder.store(.constant(1, .i8), to: presence)
        }
        if let value { lowering.copyElement(at: element, of: map, to: value) }
      },
      otherwise: { lowering in
        lowering.builder.store(.constant(0, .i8), to: presence)
        if case .plain(let type) = description.value, let value {
          lowering.builder.emit(.zero(value, count: type.size, alignment: type.alignment))
        }
      })
  }

  /// Emits the instructions that copy the plain value of `map` at `element` to a field of an event.
  private mutating func copyElement(at element: Place, of map: Int, to field: Place) {
    guard case .plain(let type) = mapDescription(map).value else { preconditionFailure("not a plain value") }
    if type.isScalar {
      builder.store(loadElement(at: element, of: map, as: type), to: field)
    } else {
      copy(from: element, type, to: field, type)
    }
  }

}
