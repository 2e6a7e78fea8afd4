import Builtins
import IR
import Syntax
import Types

extension ActionLowering {

  /// Emits the instructions of `expression` and returns where its value is, which lives in memory.
  ///
  /// The place may be read by loads; what is given to a helper must be copied first.
  mutating func memory(_ expression: Expression) -> Place {
    guard case .memory(let place) = lower(expression) else { preconditionFailure("a scalar") }
    return place
  }

  /// Emits the instructions that write the value of `expression`, converted to `target`, to `place`.
  mutating func write(_ expression: Expression, as target: Type, to place: Place) {
    write(expression, as: target, to: place, for: nil)
  }

  /// Emits the instructions that write the value of `expression`, converted to `target`, to `place`.
  ///
  /// If nothing uses that memory, and it is of some `use`, the value may be made there.
  mutating func write(
    _ expression: Expression, as target: Type, to place: Place, for use: Destination.Use?
  ) {
    let source = type(of: expression)
    switch (expression.kind, target) {
    case _ where target.isScalar:
      builder.store(scalar(expression, as: target), to: place)
    case (.tuple(let elements), .tuple(let types)):
      write(elements, as: types, to: place, for: use)
    case (.record(let fields), .record(let types)):
      write(
        types.compactMap { type in fields.first { $0.name.text == type.name }?.value }, as: types.map(\.type),
        to: place, for: use)
    case (_, .structure(let structure)) where source != target:
      writeMembers(of: expression, as: structure.name, to: place)
    case (.map(let name, let key), _):
      writeElement(of: name, key: key, as: target, to: place)
    default:
      if let use, source == target { destinations[expression.id] = Destination(place, for: use) }
      let value = memory(expression)
      if use != nil { destinations[expression.id] = nil }
      if value != place { copy(from: value, source, to: place, target) }
    }
  }

  /// Emits the instructions that write the values of `expressions` one after the other to `place`, and zeros between them.
  mutating func write(
    _ expressions: [Expression], as types: [Type], to place: Place, for use: Destination.Use?
  ) {
    let layout = StructLayout(of: types)
    let widths = layout.widthsWithPadding(of: types)
    if widths == nil { builder.emit(.zero(place, count: layout.size, alignment: 8)) }
    for (index, expression) in expressions.enumerated() {
      let (type, element) = (types[index], place.advanced(by: layout.offsets[index]))
      if let width = widths?[index], width > type.size {
        // One store of what is compared and hashed by the word, which would wait for two.
        builder.store(widened(scalar(expression, as: type), to: .integer(width: 8 * width)), to: element)
      } else {
        write(expression, as: type, to: element, for: use)
      }
    }
  }

  /// Emits the conversion of `number` to `type`, which has more bits; the further ones are 0.
  private mutating func widened(_ number: Operand, to type: IRType) -> Operand {
    if case .constant(let value, _) = number, value >= 0 { return .constant(value, type) }
    return builder.convert(number, .zeroExtend, to: type)
  }

  /// Emits the instructions that copy a value of the type `source` at `from` to `to`, converted to the type `target`.
  mutating func copy(from: Place, _ source: Type, to: Place, _ target: Type) {
    switch (source, target) {
    case (.string(let capacity), .string(let wanted)):
      copyText(from: from, capacity: capacity, to: to, capacity: wanted)
    case (.buffer(let capacity), .buffer(let wanted)) where capacity != wanted:
      copyBuffer(from: from, capacity: capacity, to: to, capacity: wanted)
    case (.tuple(let sources), .tuple(let targets)) where source != target:
      copy(from: from, sources, order: Array(sources.indices), to: to, targets)
    case (.record(let sources), .record(let targets)) where source != target:
      let types = sources.map(\.type)
      let order = targets.compactMap { target in sources.firstIndex { $0.name == target.name } }
      copy(from: from, types, order: order, to: to, targets.map(\.type))
    case (.array(let own, let count), .array(let wanted, _)) where own != wanted:
      for index in 0..<count {
        copy(
          from: from.advanced(by: index * own.size), own, to: to.advanced(by: index * wanted.size), wanted)
      }
    case _ where target.isScalar:
      let value = builder.load(source.registerType, from: from)
      builder.store(convert(value, from: source, to: target), to: to)
    default:
      builder.emit(.copy(to: to, from: from, count: target.size, alignment: target.copyAlignment(from)))
    }
  }

  /// Emits the instructions that copy values of several types that lie one after the other, in the given order.
  private mutating func copy(from: Place, _ sources: [Type], order: [Int], to: Place, _ targets: [Type]) {
    let sourceOffsets = StructLayout(of: sources).offsets
    let layout = StructLayout(of: targets)
    if layout.hasPadding(between: targets) { builder.emit(.zero(to, count: layout.size, alignment: 8)) }
    for (index, source) in order.enumerated() {
      copy(
        from: from.advanced(by: sourceOffsets[source]), sources[source],
        to: to.advanced(by: layout.offsets[index]), targets[index])
    }
  }

  /// Emits the instructions that copy a text, cut or followed by zeros as the capacities ask.
  mutating func copyText(from: Place, capacity: Int, to: Place, capacity wanted: Int) {
    let size = Type.string(capacity: wanted).size
    // In the context a text ends where its array ends; everywhere else zeros follow up to a multiple of 8.
    let available = from.base == .context ? capacity : Type.string(capacity: capacity).size
    let count = min(available, size)
    builder.emit(
      .copy(to: to, from: from, count: count, alignment: Type.string(capacity: 8).copyAlignment(from)))
    if count < size {
      builder.emit(.zero(to.advanced(by: count), count: size - count, alignment: count.textAlignment))
    }
    // What was cut off must not stay behind the zero byte either: keys are compared byte by byte.
    if wanted < capacity {
      for offset in wanted - 1..<size { builder.store(.constant(0, .i8), to: to.advanced(by: offset)) }
    }
  }

  /// Returns memory for a value of `size` bytes that nothing else uses until the end of the statement.
  mutating func temporary(size: Int, alignment: Int) -> Place {
    memory.take(size: size, alignment: alignment, in: &builder)
  }

  /// Returns scratch memory for a value of `size` bytes that nothing else uses until the end of the statement.
  mutating func scratch(size: Int) -> Place {
    memory.take(size: size, alignment: 8, isOffStack: true, in: &builder)
  }

}

extension StructLayout {

  /// Returns `true` iff there are bytes between or behind values of `types` that belong to none of them.
  func hasPadding(between types: [Type]) -> Bool {
    types.reduce(0) { $0 + $1.size } != size
  }

  /// Returns for each of the values, of the given types, the number of bytes that it takes with the padding behind it, if
  /// integers can be made as wide as that; nil if they cannot.
  func widthsWithPadding(of types: [Type]) -> [Int]? {
    let ends = offsets.dropFirst() + [size]
    let widths = zip(offsets, ends).map { $1 - $0 }
    for (index, type) in types.enumerated() where widths[index] != type.size {
      let isPlain = type.isScalar && type.registerType.size == type.size
      guard isPlain, [2, 4, 8].contains(widths[index]), offsets[index] % widths[index] == 0 else {
        return nil
      }
    }
    return widths
  }

}

extension Type {

  /// Returns the number of bytes that the address of a value at `place` is known to be a multiple of.
  ///
  /// The context starts at a multiple of 8, but its fields need not; all other memory is aligned as the type asks.
  fileprivate func copyAlignment(_ place: Place) -> Int {
    guard place.base == .context else { return alignment }
    for candidate in [8, 4, 2] where place.offset % candidate == 0 && candidate <= max(alignment, 8) {
      return candidate
    }
    return 1
  }

}

extension Int {

  /// The number of bytes, a power of two up to 8, that the number is a multiple of.
  fileprivate var textAlignment: Int { self % 8 == 0 ? 8 : self % 4 == 0 ? 4 : self % 2 == 0 ? 2 : 1 }

}
