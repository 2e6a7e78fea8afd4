import Diagnostics
import IR
import Syntax
import Types

// Faults in the flow of control, in alphabetical order.
extension Diagnostic {

  /// `break` or `continue` outside of loops.
  static func jumpOutsideOfLoops(_ word: String, at site: SourceSpan) -> Diagnostic {
    .error("'\(word)' stands outside of loops", at: site, hint: "'return' ends a probe")
  }

  /// A loop that nothing ends.
  static func endlessLoop(_ condition: Expression) -> Diagnostic {
    .error(
      "the loop never ends, which the kernel does not allow", at: condition.site,
      hint: "end it with its condition or with 'break'")
  }

  /// A loop whose variable has the name of one that can be seen.
  static func hiddenVariable(_ variable: Name, first: Name) -> Diagnostic {
    .error(
      "the loop's variable '\(variable.text)' hides another", at: variable.site,
      notes: [Note("that is defined here", at: first.site)], hint: "give it a name of its own")
  }

  /// `unroll` with something else than a small constant.
  static func invalidUnrollCount(_ site: SourceSpan) -> Diagnostic {
    .error("'unroll' takes a constant number from 1 to 100", at: site)
  }

  /// A loop over a map without a key.
  static func loopOverOneValue(_ map: Name) -> Diagnostic {
    .error(
      "'\(map.text)' has no key, so that there are no elements to loop over", at: map.site,
      hint: "'\(map.text)' by itself is its value")
  }

  /// The value in a loop over a map whose values are not numbers.
  static func loopValueNotReadable(_ map: Name, _ aggregation: Aggregation, at site: SourceSpan) -> Diagnostic
  {
    .error(
      "'\(map.text)' is made with '\(aggregation.name)', so that the loop gives its keys, but no values",
      at: site,
      notes: [Note("the loop is here", at: map.site)],
      hint: "'.0' is the key, and 'print(\(map.text)[key])' prints an element")
  }

  /// An assignment to the variable of a loop.
  static func loopVariableAssigned(_ variable: Name) -> Diagnostic {
    .warning(
      "'\(variable.text)' gets its value from the loop, so that this lasts to the end of the turn only",
      at: variable.site)
  }

  /// The variable of a loop, used behind it.
  static func loopVariableEnded(_ variable: Name, loop: Name) -> Diagnostic {
    .error(
      "undefined variable '\(variable.text)'", at: variable.site,
      notes: [Note("the variable of this loop ends with it", at: loop.site)],
      hint: "assign it to a variable of the probe in the loop")
  }

  /// `for` loops in `for` loops.
  static func loopsTooDeep(_ site: SourceSpan) -> Diagnostic {
    .error(
      "there are more than \(FlowCheck.greatestDepth) 'for' loops within each other, which the kernel does not allow",
      at: site)
  }

  /// A bound of a range that is no integer.
  static func rangeNotInteger(_ bound: Expression, _ type: Type) -> Diagnostic {
    .error("a range goes from integer to integer, not \(type.articled)", at: bound.site)
  }

  /// A range that the kernel has no loops for.
  static func rangesMissing(_ site: SourceSpan) -> Diagnostic {
    .error(
      "'for' over a range needs Linux 5.17 or newer (bpf_loop)", at: site,
      hint: "'while' and 'unroll' do without")
  }

  /// A range with more numbers than a loop has turns.
  static func rangeTooLong(_ site: SourceSpan) -> Diagnostic {
    .error("a loop has at most \(Instruction.greatestCount) turns", at: site)
  }

  /// A block expression that returns a value of another kind than that at its end.
  static func returnedKindsDiffer(
    _ returned: Expression, _ type: Type, _ value: Expression, _ valueType: Type
  ) -> Diagnostic {
    .error(
      "the block returns \(type.articled) here and \(valueType.articled) elsewhere", at: returned.site,
      notes: [Note("it is \(valueType.articled) here", at: value.site)])
  }

  /// A statement behind one that control does not come back from.
  static func unreachable(_ statement: Statement, behind last: Statement) -> Diagnostic {
    .warning(
      "this is never reached", at: statement.site, notes: [Note("control goes elsewhere here", at: last.site)]
    )
  }

  /// A call for its value, which nobody uses.
  static func valueNotUsed(_ call: Name, at site: SourceSpan) -> Diagnostic {
    .warning(
      "the value of '\(call.text)' is not used", at: site,
      hint: "'_ = \(call.text)(…)' says that it need not be")
  }

  /// `return` with something that is no number in a test.
  static func notAStatus(_ value: Expression, _ type: Type) -> Diagnostic {
    .error(
      "a test returns a number, not \(type.articled)", at: value.site,
      hint: "0 means that it passed, any other number that it failed")
  }

  /// `return` with a value outside of block expressions.
  static func valueReturned(_ value: Expression) -> Diagnostic {
    .error("a probe returns no value", at: value.site, hint: "write 'return;'")
  }

}
