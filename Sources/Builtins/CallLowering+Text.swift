public import IR
import Probes
public import Syntax
public import Types

extension CallLowering {

  /// Emits the address of `place` as a number.
  public mutating func address(of place: Place) -> Operand {
    let pointer = builder.register(.pointer)
    builder.emit(.address(pointer, place))
    return builder.convert(.register(pointer), .toInteger, to: .i64)
  }

  /// Returns `operand` as a number of which the verifier knows nothing.
  ///
  /// What follows a loop with many ways out is then looked at once and not for each of them.
  public mutating func forgotten(_ operand: Operand) -> Operand {
    let place = scratch(size: 8)
    builder.store(operand, to: place)
    return builder.load(builder.type(of: operand), from: place)
  }

  /// Emits the read of a text of less than `capacity` bytes at `address` by `helper`, at most `limit` of them, and returns where
  /// it is: at `destination` if there is one. Zeros follow it.
  public mutating func readText(
    at address: Operand, by helper: Helper, capacity: Int, limit: Operand? = nil, isOffStack: Bool = false,
    to destination: Place? = nil
  ) -> Place {
    let size = Type.string(capacity: capacity).size
    let place = destination ?? (isOffStack ? scratch(size: size) : temporary(size: size, alignment: 8))
    builder.emit(.zero(place, count: size, alignment: 8))
    builder.call(helper, .address(place), limit ?? .constant(Int64(capacity), .i32), address)
    return place
  }

  /// Returns the helper that reads text from where values of `type` point: the current process or the kernel.
  public func textReader(for type: Type) -> Helper {
    let space = if case .pointer(_, let space) = type { space } else { probe.addressSpace }
    return space == .user ? .probeReadUserString : .probeReadKernelString
  }

  /// Emits the text that `expression` is or is the address of, and returns where it is, and its capacity.
  ///
  /// It can be read by the word; in scratch or constant memory iff `isOffStack`.
  public mutating func text(_ expression: Expression, isOffStack: Bool = false) -> (
    place: Place, capacity: Int
  ) {
    let type = type(of: expression)
    guard let capacity = type.textCapacity(unlimited: settings.maximumStringLength) else {
      preconditionFailure("not a text")
    }
    switch type {
    case .string:
      let place = memory(expression)
      switch place.base {
      case .scratch, .constant: return (place, capacity)
      case .slot where !isOffStack: return (place, capacity)
      default:
        let size = type.size
        let copy = isOffStack ? scratch(size: size) : temporary(size: size, alignment: 8)
        self.copy(from: place, type, to: copy, type)
        return (copy, capacity)
      }
    case .array:
      let start = address(of: memory(expression))
      return (
        readText(at: start, by: .probeReadKernelString, capacity: capacity, isOffStack: isOffStack), capacity
      )
    default:
      let start = scalar(expression, as: .uint64)
      return (
        readText(at: start, by: textReader(for: type), capacity: capacity, isOffStack: isOffStack), capacity
      )
    }
  }

}
