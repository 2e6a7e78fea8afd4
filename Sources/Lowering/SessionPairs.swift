import IR
import Kernel
import Probes
import Semantics

/// The actions at the entries and at the returns of the same functions: each pair becomes one program with one link, where
/// the kernel has such (Linux 6.10).
struct SessionPairs {

  /// The actions.
  private let actions: [Program.Action]

  /// The index of the action at the returns, by that of the action at the entries.
  private var returnOfEntry: [Int: Int] = [:]

  /// The function of the kernel that tells entries from returns, nil if there are no pairs.
  private var isReturn: KernelCall?

  /// The indices of the actions at the returns.
  private(set) var returns: Set<Int> = []

  /// Finds the pairs among `actions`; the first at some entries goes with the first at the returns.
  init(of actions: [Program.Action], on kernel: any KernelView) {
    self.actions = actions
    var entries: [Set<String>: [Int]] = [:]
    var returns: [Set<String>: [Int]] = [:]
    for (index, action) in actions.enumerated() {
      guard let (functions, areReturns) = action.linkedFunctions else { continue }
      if areReturns { returns[functions, default: []].append(index) }
      if !areReturns { entries[functions, default: []].append(index) }
    }
    let pairs = entries.flatMap { functions, indices in zip(indices, returns[functions] ?? []) }
    // What it takes is asked for only where there is a use for it.
    guard !pairs.isEmpty, kernel.status(of: .kprobeSession).isAvailable,
      let number = kernel.typeNumber(ofFunction: "bpf_session_is_return")
    else { return }
    isReturn = KernelCall(name: "bpf_session_is_return", number: number)
    returnOfEntry = Dictionary(uniqueKeysWithValues: pairs)
    self.returns = Set(returnOfEntry.values)
  }

  /// Returns the pair of which the action with the given index is the one at the entries, nil if it is none.
  func session(at index: Int) -> SessionLowering? {
    guard let exit = returnOfEntry[index], let isReturn else { return nil }
    return SessionLowering(entry: actions[index], exit: actions[exit], isReturn: isReturn)
  }

}

extension Program.Action {

  /// The functions whose entries, or whose returns, one link is to attach the action's program to; nil if there is no such link.
  fileprivate var linkedFunctions: (functions: Set<String>, areReturns: Bool)? {
    guard mechanism == .kprobeMulti else { return nil }
    var functions: Set<String> = []
    var areReturns: Bool? = nil
    for point in points {
      guard case .kernelFunction(let target) = point.target, areReturns ?? target.isReturn == target.isReturn
      else { return nil }
      areReturns = target.isReturn
      functions.insert(target.function)
    }
    return areReturns.map { (functions, $0) }
  }

}

/// An action at the entries of functions and one at their returns, which become one program.
struct SessionLowering {

  /// What is done at the entries.
  let entry: Program.Action

  /// What is done at the returns.
  let exit: Program.Action

  /// The function of the kernel that tells them apart.
  let isReturn: KernelCall

  /// Returns the state of `module` with the program, whose name is `name`.
  func lowered(
    named name: String, in module: consuming ModuleLowering
  ) -> (program: IRProgram, module: ModuleLowering) {
    var state = Exclusive(module)
    var builder = ProgramBuilder(name: name, kind: .kprobeSession)
    let condition = builder.call(isReturn, as: .i8)
    builder.branch(
      condition, then: { lower(exit, cookieHalf: 1, into: &$0, in: &state) },
      otherwise: { lower(entry, cookieHalf: 0, into: &$0, in: &state) })
    return (builder.finish(), state.take())
  }

  /// Emits `action`.
  private func lower(
    _ action: Program.Action, cookieHalf half: Int, into builder: inout ProgramBuilder,
    in state: inout Exclusive<ModuleLowering>
  ) {
    var lowering = ActionLowering(
      of: action, at: action.points, appendingTo: builder, cookieHalf: half, in: state.take())
    lowering.lower()
    builder = lowering.builder
    state.put(lowering.module)
  }

  /// Where the program is attached.
  var points: [AttachPoint] { entry.points + exit.points }

}
