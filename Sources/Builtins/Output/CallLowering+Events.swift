import IR
import Syntax
import Types

extension CallLowering {

  /// Emits the instructions that send `values` as the fields of an event.
  ///
  /// Scalars are evaluated before memory for the event is asked for, so that their effects do not depend on whether
  /// there is any; all others are written straight to it.
  mutating func sendValues(_ values: [Expression], as action: EventAction) {
    let types = values.map { type(of: $0) }
    let scalars = zip(values, types).map { value, type in
      type.isScalar ? scalar(value, as: type) : nil
    }
    sendEvent(action, fields: types) { lowering, places in
      for (index, place) in places.enumerated() {
        if let operand = scalars[index] {
          lowering.builder.store(operand, to: place)
        } else {
          lowering.writeField(values[index], as: types[index], to: place)
        }
      }
    }
  }

}
