public import Diagnostics
public import IR
public import Kernel
public import Probes
public import Syntax
public import Types

/// Something that a script refers to by a bare name or calls: `pid`, `str(p)`, `printf(…)`, `count()`.
///
/// A builtin is one file, or shares one with its family: its names, what the compiler checks, and how it is lowered.
public protocol Builtin: Sendable {

  /// The names, the preferred one first.
  var names: [String] { get }

  /// The numbers of arguments that it takes; a value that can stand without parentheses takes none.
  var arity: ClosedRange<Int> { get }

  /// `true` iff it can be written without parentheses.
  var isValue: Bool { get }

  /// The bare words that it takes as arguments, such as the clocks of `nsecs`, which stand for nothing elsewhere.
  var words: [String] { get }

  /// Returns the type of `call`, nil iff an error was reported or the types of its arguments are not known yet.
  ///
  /// It is called several times while types are inferred; faults are reported each time, and kept once. The number
  /// of arguments has been checked.
  func type(of call: BuiltinCall, in scope: inout some TypingScope) -> Type?

  /// Emits the instructions of `call` and returns its value, which has the type that `type(of:in:)` returned.
  func lower(_ call: BuiltinCall, in lowering: inout some CallLowering) -> LoweredValue

}

extension Builtin {

  /// None.
  public var words: [String] { [] }

}

/// A builtin that gathers numbers in a map: `@x = count()`.
public protocol AggregationBuiltin: Builtin {

  /// Returns how `call` gathers, nil iff an error was reported or the types of its arguments are not known yet.
  func aggregation(of call: BuiltinCall, in scope: inout some TypingScope) -> Aggregation?

  /// Emits the instructions that evaluate the arguments of `call` and returns what `emitUpdate` needs of them.
  func operands(
    of call: BuiltinCall, for aggregation: Aggregation, in lowering: inout some CallLowering
  ) -> [Operand]

  /// Emits the instructions that gather `operands` into the words at `place`.
  func emitUpdate(
    of place: Place, for aggregation: Aggregation, with operands: [Operand],
    in builder: inout ProgramBuilder)

}

/// A use of a builtin.
public struct BuiltinCall: Sendable {

  /// The identity of the expression.
  public let id: NodeID

  /// The name by which it is called.
  public let name: Name

  /// The arguments.
  public let arguments: [Expression]

  /// The place of the whole.
  public let site: SourceSpan

  /// Creates an instance with the given properties.
  public init(id: NodeID, name: Name, arguments: [Expression], site: SourceSpan) {
    self.id = id
    self.name = name
    self.arguments = arguments
    self.site = site
  }

}

/// What a builtin may know and ask while its types are checked.
public protocol TypingScope {

  /// What programs find at the probe.
  var probe: ProbeContext { get }

  /// The kernel.
  var kernel: any KernelView { get }

  /// The settings.
  var settings: Settings { get }

  /// Returns the type of `expression`, nil iff it is wrong, which has been reported, or not known yet.
  mutating func type(of expression: Expression) -> Type?

  /// Returns what the map with the given name (with its `@`) is, nil iff it is not known (yet).
  func map(named name: String) -> MapType?

  /// Lets `expression` be a string if it is a parameter of the command line, which is a number or a string by its use.
  mutating func preferText(_ expression: Expression)

  /// Notes that the map `name` is used with a key of the given types.
  ///
  /// Reports an error if it is used with another kind of key elsewhere.
  mutating func use(_ name: Name, withKey key: [Expression])

  /// Notes that the value of an element of the map `name` is assigned to `variable`.
  mutating func assignElement(of name: Name, to variable: Expression)

  /// Notes that the map `name` is used as a whole: an error is reported if nothing in the script fills it.
  mutating func requireMap(_ name: Name)

  /// Returns the type of `expression` as C has it, which for characters in a row is an array of them and not a text; nil iff
  /// it is wrong, which has been reported, or not known yet.
  mutating func typeInMemory(of expression: Expression) -> Type?

  /// Returns the type that `name` stands for, nil iff there is none, which has been reported, or it is not known yet.
  mutating func resolve(_ name: TypeName) -> Type?

  /// Returns the member `name` of a value of `type`, or of what it points to; nil iff there is none, which is reported.
  mutating func member(_ name: Name, of type: Type) -> StructureLayout.Member?

  /// Notes that the value of the expression `id` is `constant`, which is known when the script is compiled, and what it is if it
  /// can be otherwise on another kernel.
  mutating func note(constant: Int64, of id: NodeID, from origin: KernelFact.Subject?)

  /// Returns `true` iff the structure `name` is the kernel's.
  func isKernels(_ name: StructureName) -> Bool

  /// Returns the number of bytes of the longest name that indices of the type, `.probeName` or `.functionName`, stand for.
  func longestName(of type: Type) -> Int

  /// Returns the value of `expression` if it is known when the script is compiled.
  func constant(of expression: Expression) -> Int64?

  /// Reports `diagnostic`.
  mutating func report(_ diagnostic: Diagnostic)

}

extension TypingScope {

  /// Notes that the value of the expression `id` is `constant` on any kernel.
  public mutating func note(constant: Int64, of id: NodeID) { note(constant: constant, of: id, from: nil) }

  /// Reports an error at `site`.
  public mutating func error(_ message: String, at site: SourceSpan, hint: String? = nil) {
    report(.error(message, at: site, hint: hint))
  }

}

/// What a script uses a map as.
public struct MapType: Hashable, Sendable {

  /// The types of the parts of the key; empty for a map without a key.
  public var key: [Type]

  /// What it holds for each key; nil as long as that is not known.
  public var value: MapValue?

  /// Creates an instance with the given properties.
  public init(key: [Type], value: MapValue?) {
    self.key = key
    self.value = value
  }

}

/// A value at run time: where the instructions emitted so far have left it.
public enum LoweredValue: Hashable, Sendable {

  /// None, for expressions without a value.
  case none

  /// A scalar.
  case scalar(Operand)

  /// A value in memory.
  case memory(Place)

}

/// What a builtin may ask for while its call is lowered.
public protocol CallLowering {

  /// What the program finds at the probe.
  var probe: ProbeContext { get }

  /// The settings.
  var settings: Settings { get }

  /// The kernel.
  var kernel: any KernelView { get }

  /// The program under construction.
  var builder: ProgramBuilder { get set }

  /// Returns the type of `expression`.
  func type(of expression: Expression) -> Type

  /// Returns the type of the expression with the given identity.
  func type(of id: NodeID) -> Type

  /// Returns the value that was noted of the expression `id` while types were checked, an `i64`; nil if none was.
  mutating func noted(of id: NodeID) -> Operand?

  /// `true` iff the programs are to be made fit for other kernels later.
  var isRelocatable: Bool { get }

  /// Returns `value`, the number of the kernel that is `subject` and has the type `type`, as an operand, an `i64`.
  mutating func number(_ value: Int64, of subject: KernelFact.Subject, as type: Type?) -> Operand

  /// Notes that the program uses `value`, the number of the kernel that is `subject`, where it cannot be replaced.
  mutating func require(_ value: Int64, of subject: KernelFact.Subject, as type: Type?)

  /// Emits the instructions of `expression`, a scalar, and returns its value converted to `type`.
  mutating func scalar(_ expression: Expression, as type: Type) -> Operand

  /// Emits the instructions of `expression`, a value that lives in memory, and returns where it is.
  mutating func memory(_ expression: Expression) -> Place

  /// Emits the instructions that write the value of `expression`, converted to `type`, to `place`.
  mutating func write(_ expression: Expression, as type: Type, to place: Place)

  /// Emits the instructions that write the value of `expression`, converted to `type`, to a field of an event.
  mutating func writeField(_ expression: Expression, as type: Type, to place: Place)

  /// Returns memory for a value of `size` bytes, on the stack or in scratch memory, that nothing else uses.
  mutating func temporary(size: Int, alignment: Int) -> Place

  /// Returns scratch memory for a value of `size` bytes that nothing else uses: memory that is not on the stack, from which
  /// numbers are read of which the verifier knows nothing.
  mutating func scratch(size: Int) -> Place

  /// Emits a copy of the `count` bytes at `place` that can be read by the word, and returns where it is; zeros follow it.
  mutating func words(_ place: Place, count: Int) -> Place

  /// Emits the instructions that copy a value of the type `source` at `from` to `to`, converted to the type `target`.
  mutating func copy(from: Place, _ source: Type, to: Place, _ target: Type)

  /// Returns the index of `path` among the files that packets are written to.
  mutating func packetFile(_ path: String) -> Int

  /// Emits what `expression` is the address of, or where it is in memory, as an address whose type the verifier knows; nil if it
  /// knows none. The first operand is the pointer that the address was reached from, which may be null.
  mutating func typedAddress(of expression: Expression) -> (pointer: Operand, address: Operand)?

  /// Returns the memory, which nothing else uses, that the value of the expression `id` goes to; nil if it may be anywhere.
  func destination(for id: NodeID) -> Destination?

  /// Calls `emit` where the element whose key is being written is made, which may be never.
  ///
  /// - Requires: the destination of the expression is for `.keyOfNewElement`.
  mutating func whenElementIsMade(_ emit: @escaping (inout Self) -> Void)

  /// Emits the instructions that send an event whose fields have the given types; `fill` emits those that write the
  /// fields to the given places.
  mutating func sendEvent(
    _ action: EventAction, fields: [Type], fill: (inout Self, [Place]) -> Void)

  /// Returns where the constant `bytes` are, padded with zeros to a multiple of 8.
  mutating func constant(_ bytes: [UInt8]) -> Place

  /// Returns the 64-bit word that holds `word`, which the process fills in before anything runs.
  mutating func global(_ word: GlobalWord) -> Place

  /// Notes that stacks are recorded, and returns where they are kept.
  mutating func useStacks() -> StackStorage

  /// Emits the end of the program, and of events that are being made.
  mutating func endProgram()

  /// Returns the index of the map with the given name in the manifest.
  func mapIndex(_ name: String) -> Int

  /// Returns the description of the map with the given index.
  func mapDescription(_ index: Int) -> MapDescription

  /// Emits the instructions that remove an element of a map, and returns an `i8` that is 1 iff there was one.
  mutating func delete(_ map: Name, key: [Expression]) -> Operand

  /// Emits the instructions that find out whether there is an element, and returns an `i8` that is 1 iff there is.
  mutating func hasElement(_ map: Name, key: [Expression]) -> Operand

  /// Emits the instructions that assign the value of an element, if there is one, to `variable`, and returns an `i8` that is
  /// 1 iff there is.
  mutating func find(_ map: Name, key: [Expression], assigningTo variable: Expression) -> Operand

  /// Emits the instructions that send one element of a map to be printed.
  mutating func printElement(_ map: Name, key: [Expression], dividedBy divisor: Int?)

  /// Emits the instructions that find out whether tracing is narrowed to the current task, if to any, and returns an `i8` that is 1
  /// iff so.
  mutating func isTraced() -> Operand

  /// Returns the names that indices of the type, `.probeName` or `.functionName`, stand for.
  func names(of type: Type) -> [String]

  /// Returns the index of the probe that fired in the manifest's table, as an `i32`.
  mutating func probeIndex() -> Operand

  /// Returns the index of the first probe in the manifest's table that is in the same function as the one that fired,
  /// as an `i32`.
  mutating func functionIndex() -> Operand

}
