import CodeGen
import Diagnostics
import Formatting
import Foundation
import IR
import Kernel
import Lowering
import Semantics
import Syntax
import TestSupport
import Types

/// What is done with an input.
struct Pipeline {

  /// How far an input got.
  enum Result: Comparable {

    /// The parser refused it.
    case refusedByParser

    /// The analysis refused it.
    case refusedByAnalysis

    /// Code was generated.
    case compiled

  }

  /// A compiled input.
  struct Compiled {

    /// The script.
    let script: LoweredScript

    /// Its code.
    let object: BPFObject

  }

  /// The kernel that scripts are analyzed for.
  let kernel: any KernelView

  /// What was found wrong with the compiler, nil if nothing.
  private(set) var fault: String?

  /// What the last input was compiled to, nil if it was refused.
  private(set) var compiled: Compiled?

  /// How often an input was refused with each message.
  private var refusals: [String: Int] = [:]

  /// The messages with which most inputs were refused.
  var commonRefusals: String {
    refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12).map { "\n\($0.value) \($0.key)" }
      .joined()
  }

  /// Creates a pipeline for scripts on `kernel`.
  init(on kernel: any KernelView) { self.kernel = kernel }

  /// Takes `text` through all stages up to the generation of code and returns how far it got.
  ///
  /// The generation of code is left out iff `generatesCode` is `false`.
  mutating func run(_ text: [UInt8], generatesCode: Bool = true) -> Result {
    fault = nil
    compiled = nil
    let source = SourceFile(name: "stdin", text: text)
    var diagnostics = DiagnosticSet()
    let script = parse(source, parameters: ["tcp_ack", "7"], reportingTo: &diagnostics)
    defer {
      _ = Renderer().render(diagnostics)
      for diagnostic in diagnostics.sorted where diagnostic.level == .error {
        refusals[diagnostic.message, default: 0] += 1
      }
    }
    if diagnostics.containsError { return .refusedByParser }
    checkFormat(of: script)
    var settings = Settings()
    settings.allowsUnsafe = true
    guard let program = analyze(script, on: kernel, settings: settings, reportingTo: &diagnostics) else {
      if !diagnostics.containsError { fault = "refused without a message" }
      return .refusedByAnalysis
    }
    if diagnostics.containsError { fault = "accepted in spite of an error" }
    let lowered = lower(program, on: kernel)
    _ = describe(lowered.module)
    if !generatesCode { return .compiled }
    do {
      compiled = Compiled(script: lowered, object: try generate(lowered.module))
    } catch {
      fault = "no code: \(error)"
    }
    return .compiled
  }

  /// Notes whether the standard format of `script` is another script, or not standard itself.
  private mutating func checkFormat(of script: Script) {
    let formatted = format(script)
    var diagnostics = DiagnosticSet()
    let again = parse(
      SourceFile(name: "formatted", text: formatted), parameters: ["tcp_ack", "7"], reportingTo: &diagnostics)
    let text = String(decoding: formatted, as: UTF8.self)
    if diagnostics.containsError {
      fault = "the standard format has an error: \(Renderer().render(diagnostics))\n\(text)"
    } else if describe(again) != describe(script) {
      fault = "the standard format is another script:\n\(text)"
    } else if format(again) != formatted {
      fault =
        "the standard format is not stable:\n\(text)\nbecomes\n\(String(decoding: format(again), as: UTF8.self))"
    }
  }

}
