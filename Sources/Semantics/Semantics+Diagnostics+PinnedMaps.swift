import Diagnostics
import Kernel
import Syntax
import Types

/// Faults in the use of maps that someone else made.
extension Diagnostic {

  /// `pinned` without the path of a file.
  static func noPinnedPath(_ declaration: MapDeclaration) -> Diagnostic {
    .error(
      "'pinned' takes the path of a file that a map is pinned to, a string",
      at: declaration.arguments.first?.site ?? declaration.kind.site,
      hint: "write 'let \(declaration.map.text) = pinned(\"/sys/fs/bpf/name\");'")
  }

  /// A file that is no map, or none that can be used; only a warning where nothing is going to use it.
  static func unusablePinnedMap(_ fault: KernelFault, isError: Bool, at site: SourceSpan) -> Diagnostic {
    Diagnostic(isError ? .error : .warning, fault.message, at: site, hint: fault.hint)
  }

  /// A map that programs may not look into.
  static func unreadablePinnedMap(_ map: Name, at site: SourceSpan) -> Diagnostic {
    .error("'\(map.text)' is a map that programs may not read", at: site)
  }

  /// A structure of the script, or of another map, with the name of one in a map, but with other members.
  static func differentStructures(
    _ name: StructureName, _ declaration: MapDeclaration, _ own: Int, _ other: Int
  ) -> Diagnostic {
    let sizes = own == other ? "other members" : "\(other) bytes, and \(own) elsewhere"
    return .error(
      "'\(name)' of the map '\(declaration.map.text)' is not the one in the rest of the script: it has \(sizes)",
      at: declaration.map.site,
      hint: "a script needs no definition of it: the map's type information describes it")
  }

  /// A map that someone else made, used without a key.
  static func pinnedMapWithoutKey(_ map: Name, at site: SourceSpan) -> Diagnostic {
    .error("'\(map.text)' is a map with keys; this has none", at: site)
  }

  /// A key of another number of parts than the structure has members.
  static func memberCountMismatch(
    _ map: Name, _ count: Int, _ structure: StructureName, _ members: [String], at site: SourceSpan
  ) -> Diagnostic {
    .error(
      "keys of '\(map.text)' are '\(structure)' with \(members.count) member\(members.count == 1 ? "" : "s"), "
        + "and this has \(count) parts",
      at: site, hint: "the members are \(members.joined(separator: ", "))")
  }

  /// A value that a structure cannot be made of.
  static func membersMismatch(
    _ map: Name, _ what: String, _ expression: Expression, _ type: Type, _ structure: StructureName,
    _ members: [String]
  ) -> Diagnostic {
    .error(
      "\(what) of '\(map.text)' are '\(structure)', and this is \(type.articled)", at: expression.site,
      hint: "write a record: '(\(members.map { "\($0)=…" }.joined(separator: ", ")))'")
  }

  /// A structure whose members lie over each other, or are parts of bytes.
  static func unwritableStructure(
    _ map: Name, _ structure: StructureName, _ member: String, at site: SourceSpan
  ) -> Diagnostic {
    .error(
      "'\(structure)' of '\(map.text)' cannot be made of parts, because of its member '\(member)'", at: site,
      hint: "use a value that is one already, such as a key of a loop over the map")
  }

  /// A value that the map's memory does not hold.
  static func doesNotFitPinned(
    _ expression: Expression, _ type: Type, _ wanted: Type, _ map: Name, as what: String
  ) -> Diagnostic {
    let hint: String? =
      switch (type, wanted) {
      case (_, .integer) where type.asInteger != nil: "cut it if that is meant: '(\(wanted))…'"
      case (.string, .string), (.string, .array): "read less of it: 'str(…, \((wanted.fixedSize ?? 1) - 1))'"
      default: nil
      }
    let name =
      switch wanted {
      case .string, .array(.character, _): "text"
      default: "\(wanted)"
      }
    return .error(
      "\(what) of '\(map.text)' \(what.hasPrefix("'") ? "is" : "are") \(name) of "
        + "\(wanted.fixedSize ?? 0) byte\(wanted.fixedSize == 1 ? "" : "s"), and this is \(type.isInteger ? "\(type)" : type.articled)",
      at: expression.site, hint: hint)
  }

  /// Keys of another size than the map's.
  static func keySizeMismatch(
    _ map: Name, _ parts: [Type], _ pinned: PinnedMap, at site: SourceSpan, declared: SourceSpan
  ) -> Diagnostic {
    let sizes = parts.map { "\($0)" }.joined(separator: ", ")
    let size = StructLayout(of: parts).size
    let padding = size - parts.reduce(0) { $0 + $1.size }
    let gaps = padding > 0 ? ", \(padding) of them between or behind those" : ""
    return .error(
      "keys of '\(map.text)' have \(pinned.keySize) bytes, and this (\(sizes)) takes \(size)\(gaps)",
      at: site, notes: [Note("it is declared here", at: declared)],
      hint: "casts say how wide numbers are: '(uint32)…'")
  }

  /// Values of another size than the map's.
  static func valueSizeMismatch(
    _ map: Name, _ type: Type, _ pinned: PinnedMap, at site: SourceSpan, declared: SourceSpan
  ) -> Diagnostic {
    .error(
      "values of '\(map.text)' have \(pinned.valueSize) bytes, and this \(type) takes \(type.size)", at: site,
      notes: [Note("it is declared here", at: declared)])
  }

  /// Numbers are gathered in a map that has one value for all CPUs.
  static func sharedPinnedAggregation(
    _ map: Name, _ aggregation: Aggregation, at site: SourceSpan, _ declared: SourceSpan
  ) -> Diagnostic {
    let hint =
      switch aggregation {
      case .count: "write '\(map.text)[…]++'"
      case .sum: "write '\(map.text)[…] += …'"
      default: nil as String?
      }
    return .error(
      "'\(map.text)' has one value for all CPUs, but '\(aggregation.name)' gathers on each CPU", at: site,
      notes: [Note("it is declared here", at: declared)], hint: hint)
  }

  /// Gathering takes other values than the map's.
  static func aggregationSizeMismatch(
    _ map: Name, _ aggregation: Aggregation, _ pinned: PinnedMap, at site: SourceSpan, declared: SourceSpan
  ) -> Diagnostic {
    .error(
      "values of '\(map.text)' have \(pinned.valueSize) bytes, and '\(aggregation.name)' takes "
        + "\(aggregation.wordCount * 8)",
      at: site, notes: [Note("it is declared here", at: declared)])
  }

  /// A value is assigned in a map that has one for each CPU.
  static func plainValueInPinnedPerCPU(
    _ map: Name, at site: SourceSpan, declared: SourceSpan
  ) -> Diagnostic {
    .error(
      "'\(map.text)' has a value for each CPU, so that numbers can only be gathered in it", at: site,
      notes: [Note("it is declared here", at: declared)],
      hint: "write '\(map.text)[…] = count()' or '= sum(…)'")
  }

  /// A map with a value for each CPU that is not one number.
  static func valuesOfEachCPU(_ map: Name, _ pinned: PinnedMap, at site: SourceSpan) -> Diagnostic {
    .error(
      "'\(map.text)' has a value of \(pinned.valueSize) bytes for each CPU; scripts put those of 8 bytes together, as sums",
      at: site)
  }

  /// A change of a map that programs may not change.
  static func readOnlyPinnedMap(_ name: Name, _ map: PinnedMap, at site: SourceSpan) -> Diagnostic {
    .error("'\(name.text)' is a map that programs may only read, so that it cannot be changed", at: site)
  }

  /// The removal of an element of an array.
  static func removalFromArray(_ name: Name, at site: SourceSpan) -> Diagnostic {
    .error(
      "'\(name.text)' is an array, whose elements are always there", at: site,
      hint: "write '\(name.text)[…] = 0'")
  }

}
