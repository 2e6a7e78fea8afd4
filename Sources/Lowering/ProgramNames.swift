import IR
import Probes
import Semantics
import Types

/// Names of programs: what `bpftool prog` shows, and `perf` where a program takes time.
struct ProgramNames {

  /// What neither programs nor maps can be called: sections of the object, the variable that is the licence, and functions of
  /// ours.
  static let reserved = Set(
    ProgramKind.allCases.map(\.section) + ["license", "_license"] + RuntimeFunction.allCases.map(\.rawValue))

  /// The names that nothing else can have.
  private var taken: Set<String>

  /// The number that is tried next behind each name that was wanted more than once.
  private var numbers: [String: Int] = [:]

  /// Creates the names of the programs of `program`, none of which is one of `mapNames`.
  init(for program: Program, besides mapNames: [String]) {
    taken = ProgramNames.reserved.union(mapNames).union(program.functions.keys)
  }

  /// Returns a name for the next program, which is that of `action` and will be attached to `points`: what their names have in
  /// common, with a number behind it if another program or a map has that name.
  ///
  /// The kernel keeps 15 characters of it as the name of the program, and all of it as that of the function.
  mutating func name(for action: Program.Action, at points: [AttachPoint]) -> String {
    let name = identifier(naming: points) ?? identifier(action.context.provider)
    if taken.insert(name).inserted { return name }
    var number = numbers[name] ?? 2
    while !taken.insert("\(name)_\(number)").inserted { number += 1 }
    numbers[name] = number + 1
    return "\(name)_\(number)"
  }

}

/// The greatest number of characters of a name before a number is added.
private let greatestLength = 60

/// Returns what the names of `points` have in common as a name in C, nil if they have nothing in common.
private func identifier(naming points: [AttachPoint]) -> String? {
  guard let first = points.first else { return nil }
  var common = Array(first.name.utf8)
  for point in points.dropFirst() {
    common.removeSubrange(zip(common, point.name.utf8).prefix { $0 == $1 }.count...)
  }
  // Parts of words say nothing.
  let isCut = points.contains { $0.name.utf8.count > common.count }
  if isCut { common.removeSubrange((common.lastIndex { !isLetterOrDigit($0) } ?? 0)...) }
  var parts = String(decoding: common, as: UTF8.self).split(separator: ":")
  // The whole path is cut in front of the function's name; else it is the paths that differ.
  if isCut, parts.count == 2, parts[1].contains("/"), !first.name.dropFirst(common.count).hasPrefix(":") {
    parts.removeLast()
  }
  // Of a path the file is what tells programs apart.
  parts = parts.map { $0.split(separator: "/").last ?? "" }
  let result = identifier(parts.joined(separator: "_"))
  return result.isEmpty ? nil : result
}

/// Returns `text` as a name in C: with `_` in place of what such names cannot have, and none at the end.
private func identifier(_ text: String) -> String {
  var result: [UInt8] = []
  for byte in text.utf8.prefix(greatestLength) {
    result.append(isLetterOrDigit(byte) ? byte : UInt8(ascii: "_"))
  }
  while result.last == UInt8(ascii: "_") { result.removeLast() }
  return String(decoding: result, as: UTF8.self)
}

/// Returns `true` iff `byte` is a letter of ASCII or a digit.
private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: false
  }
}
