import IR
import Types

/// Maps whose elements are in one of two kernel maps.
extension ActionLowering {

  /// A map, and which of the kernel's maps a program works on.
  struct MapSelection {

    /// The index of the map.
    let map: Int

    /// The word that is not 0 iff it is the second one, nil if there is only one.
    let isSecond: Operand?

  }

  /// Emits the choice of the kernel's map that the program works on, which is the same one as long as the result is used.
  mutating func selection(of map: Int) -> MapSelection {
    guard let twin = mapDescription(map).twin else { return MapSelection(map: map, isSecond: nil) }
    let word = builder.load(.i64, from: Place(.globals, offset: twin.selectorOffset))
    return MapSelection(map: map, isSecond: builder.binary(.notEqual, word, .constant(0, .i64)))
  }

  /// Emits a call of `helper` on the chosen map and returns its result.
  ///
  /// There is a call for each of the two maps, because the verifier turns a call into one of the map's own functions only
  /// where it knows the map.
  mutating func call(_ helper: Helper, on selection: MapSelection, _ arguments: [Operand]) -> Operand {
    let map = selection.map
    guard let isSecond = selection.isSecond else { return builder.call(helper, [.map(map)] + arguments) }
    let result = builder.local(helper.signature.result)
    builder.branch(isSecond) {
      $0.set(result, to: $0.call(helper, [.twin(map)] + arguments))
    } otherwise: {
      $0.set(result, to: $0.call(helper, [.map(map)] + arguments))
    }
    return builder.get(result)
  }

  /// Emits the address of the map that programs use now, for functions that need not know which it is.
  mutating func table(of map: Int) -> Operand {
    guard let isSecond = selection(of: map).isSecond else { return .map(map) }
    return builder.select(isSecond, .twin(map), .map(map))
  }

}
