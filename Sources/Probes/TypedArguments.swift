import Kernel
import Types

/// Where programs find arguments whose types they know: in words of 64 bits, one after the other.
struct TypedArguments {

  /// The arguments.
  private(set) var fields: [ContextField] = []

  /// The offset behind the arguments.
  private var end = 0

  /// Creates an instance for a function with the given parameters.
  init(of parameters: [FunctionSignature.Value]) {
    for parameter in parameters {
      fields.append(
        ContextField(
          name: parameter.name,
          value: ContextValue(type: parameter.type, offset: end, isTracked: parameter.isTracked),
          declaration: parameter.declaration))
      // A structure that is passed by value can take two registers (`btf_ctx_arg_idx`, kernel/bpf/btf.c).
      let size: Int
      switch parameter.type {
      case .structure(let structure): size = structure.size ?? 8
      case .array(let element, let count) where element == .uint64: size = 8 * count
      default: size = 8
      }
      end += max(size, 8).rounded(upToMultipleOf: 8)
    }
  }

  /// Returns where the result is: behind the arguments; nil for structures, which are returned elsewhere.
  func result(_ value: FunctionSignature.Value) -> ContextValue? {
    guard value.type.isScalar else { return nil }
    return ContextValue(type: value.type, offset: end, isTracked: value.isTracked)
  }

  /// The arguments as numbers.
  var words: [ContextValue] {
    fields.map { ContextValue(type: .uint64, offset: $0.value.offset, isTracked: $0.value.isTracked) }
  }

}
