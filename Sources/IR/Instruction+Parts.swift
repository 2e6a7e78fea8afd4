/// What an instruction consists of, for those who walk over programs.
extension Instruction {

  /// The register that the instruction gives a value to, if it does; loops give theirs to their blocks.
  public var result: Register? {
    switch self {
    case .binary(let r, _, _, _), .convert(let r, _, _), .select(let r, _, _, _), .load(let r, _),
      .get(let r, _),
      .address(let r, _), .offset(let r, _, _), .atomicFetchAdd(let r, _, _),
      .atomicExchange(let r, _, _):
      r
    case .callHelper(let r, _, _), .callRuntime(let r, _, _), .callKernel(let r, _, _),
      .callImported(let r, _, _):
      r
    case .store, .set, .copy, .zero, .atomicAdd, .atomic, .branch, .loop, .forEachElement, .forCount, .apart,
      .leave,
      .again, .stop, .position:
      nil
    }
  }

  /// The operands.
  public var operands: [Operand] {
    switch self {
    case .binary(_, _, let a, let b), .offset(_, let a, let b): [a, b]
    case .convert(_, _, let a), .store(_, let a), .set(_, let a), .atomicAdd(_, let a),
      .atomicFetchAdd(_, _, let a), .atomic(_, _, let a), .atomicExchange(_, _, let a):
      [a]
    case .select(_, let c, let a, let b): [c, a, b]
    case .callHelper(_, _, let arguments), .callRuntime(_, _, let arguments),
      .callImported(_, _, let arguments),
      .callKernel(_, _, let arguments):
      arguments
    case .branch(let condition, _, _): [condition]
    case .forEachElement(let map, _, _, _): [.map(map)]
    case .forCount(let count, _, _): [count]
    case .load, .get, .copy, .zero, .address, .loop, .apart, .leave, .again, .stop, .position: []
    }
  }

  /// The places that the instruction reads, writes, or takes the address of by itself.
  public var places: [Place] {
    switch self {
    case .load(_, let place), .store(let place, _), .zero(let place, _, _), .address(_, let place),
      .atomicAdd(let place, _), .atomicFetchAdd(_, let place, _), .atomic(_, let place, _),
      .atomicExchange(_, let place, _):
      [place]
    case .copy(let to, let from, _, _): [to, from]
    default: []
    }
  }

  /// The blocks.
  public var blocks: [IRBlock] {
    switch self {
    case .branch(_, let then, let otherwise): [then, otherwise]
    case .loop(let body), .apart(let body), .forEachElement(_, _, _, let body), .forCount(_, _, let body):
      [body]
    default: []
    }
  }

}
