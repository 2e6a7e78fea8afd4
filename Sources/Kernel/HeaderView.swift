public import Types

/// What the headers that a script includes define, as far as they are there and somebody can read them.
///
/// They are read when the first answer is asked for.
public protocol HeaderView: AnyObject {

  /// The layout of a structure, nil if no header defines it.
  func layout(of structure: StructureName) -> StructureLayout?

  /// The constants of the enumeration `name`, nil if no header defines it.
  func enumeration(named name: String) -> EnumerationLayout?

  /// The type that `name` was defined to be by `typedef`, nil if no header defines it.
  func type(named name: String) -> Type?

  /// The constant of an enumeration or the macro that is called `name`, nil if no header defines it.
  func value(named name: String) -> HeaderValue?

  /// The function `name` that a header or an imported file has a body of, nil if there is none.
  func function(named name: String) -> CFunction?

  /// Why a name may not have been found: headers that are missing, or what would read them; nil if nothing is.
  var obstacle: String? { get }

  /// What is wrong with the headers, each with its place in them, in the words of the compiler.
  var faults: [String] { get }

}

/// What a function of C takes and gives.
public struct CFunction: Hashable, Sendable {

  /// The types of the parameters.
  public let parameters: [Type]

  /// The type of the result, `.none` for `void`.
  public let result: Type

  /// Creates an instance with the given properties.
  public init(parameters: [Type], result: Type) {
    self.parameters = parameters
    self.result = result
  }

}

/// The headers that a script includes.
public struct ScriptHeaders {

  /// Those that belong to the script, which count more than what the kernel says; nil if there are none.
  public let own: (any HeaderView)?

  /// Those of the system, which are read only for names that are nowhere else; nil if there are none.
  public let system: (any HeaderView)?

  /// Creates an instance with the given properties.
  public init(own: (any HeaderView)? = nil, system: (any HeaderView)? = nil) {
    self.own = own
    self.system = system
  }

}

/// What a name in a header stands for.
public enum HeaderValue: Hashable, Sendable {

  /// A number: of an enumeration, whose name is empty if it has none, or of a macro.
  case number(Int64, IntegerType, enumeration: String)

  /// A text.
  case text([UInt8])

}
