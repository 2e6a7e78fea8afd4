import Kernel
import Syntax

extension Expression {

  /// Returns what the value is as far as literals and `kfunc_exist` tell on `kernel`, nil if it depends on anything else.
  ///
  /// A block whose predicate says that it is not for a kernel without some function may name probes that such a kernel lacks.
  func truth(on kernel: any KernelView) -> Bool? {
    switch kind {
    case .call(let name, let arguments):
      guard name.text == "kfunc_exist", arguments.count == 1, case .string(let function) = arguments[0].kind
      else { return nil }
      return kernel.hasFunction(named: String(decoding: function, as: UTF8.self))
    case .boolean(let value): return value
    case .unary(.not, let operand):
      return operand.truth(on: kernel).map { !$0 }
    case .binary(.and, let left, let right, _):
      let (left, right) = (left.truth(on: kernel), right.truth(on: kernel))
      return left == false || right == false ? false : left == true && right == true ? true : nil
    case .binary(.or, let left, let right, _):
      let (left, right) = (left.truth(on: kernel), right.truth(on: kernel))
      return left == true || right == true ? true : left == false && right == false ? false : nil
    default: return nil
    }
  }

}
