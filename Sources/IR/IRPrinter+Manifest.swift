import Types

extension IRPrinter {

  /// Writes maps, events, probes, the variable `globals` and the constants.
  mutating func printManifest() {
    let manifest = module.manifest
    for map in manifest.maps {
      let key = map.key.isEmpty ? "" : "[\(list(map.key))]"
      let help = map.help.map { " for \(quoted(Array($0.utf8)))" } ?? ""
      line(
        "map \(map.name)\(key) = \(name(map.value)) in \(name(map.storage))\(map.twin.map(name) ?? "")"
          + (map.isScratch ? ", scratch" : "") + help)
    }
    for (i, event) in manifest.events.enumerated() {
      let fields = event.fields.map { "\($0.offset): \(name($0.type))" }.joined(separator: ", ")
      line("event \(i) = \(name(event.action)) size \(event.size)\(fields.isEmpty ? "" : " (\(fields))")")
    }
    for (i, probe) in manifest.probes.enumerated() {
      line("probe \(i) = \(probe.name)\(probe.function.isEmpty ? "" : " in \(probe.function)")")
    }
    for (i, file) in manifest.packetFiles.enumerated() { line("packets \(i) = \(file)") }
    if let stacks = manifest.stacks {
      line(
        "stacks of \(stacks.frameBytes) bytes, \(stacks.capacity)"
          + (stacks.allocatesOnDemand ? " on demand" : "") + ", lost \(stacks.lostCountOffset)")
    }
    let refused = manifest.globals.refusedUpdates.map { " \($0)" }.joined()
    line("globals \(manifest.globals.size) bytes\(refused.isEmpty ? "" : ", refused\(refused)")")
    for fact in module.facts where fact.isFixed { line("needs \(fact) = \(fact.value)") }
    for (i, bytes) in module.constants.enumerated() { line("const\(i) = \(quoted(bytes))") }
  }

  /// Returns the text of what a map holds.
  private func name(_ value: MapValue) -> String {
    /// Returns the word for a signed number.
    func sign(_ isSigned: Bool) -> String { isSigned ? " signed" : "" }
    return switch value {
    case .plain(let type): name(type)
    case .aggregation(.count): "count"
    case .aggregation(.sum(let isSigned)): "sum\(sign(isSigned))"
    case .aggregation(.minimum(let isSigned)): "min\(sign(isSigned))"
    case .aggregation(.maximum(let isSigned)): "max\(sign(isSigned))"
    case .aggregation(.average(let isSigned)): "avg\(sign(isSigned))"
    case .aggregation(.stats(let isSigned)): "stats\(sign(isSigned))"
    case .aggregation(.histogram(let bits)): "hist \(bits)"
    case .aggregation(.timeSeries(let layout)):
      "tseries(\(layout.function.rawValue), interval: \(layout.interval), slots: \(layout.slotCount), "
        + "isSigned: \(layout.isSigned))"
    case .aggregation(.linearHistogram(let minimum, let maximum, let step)):
      "lhist \(minimum) \(maximum) \(step)"
    }
  }

  /// Returns the text of where the values of a map are.
  private func name(_ storage: MapStorage) -> String {
    switch storage {
    case .global(let offset, let presence): "global \(offset) presence \(presence)"
    case .perCPU: "perCPU"
    case .dense(let count, let isPerCPU): isPerCPU ? "dense perCPU \(count)" : "dense \(count)"
    case .hash(let kind, let capacity): "hash \(kind.rawValue) \(capacity)"
    case .pinned(let map): "pinned \(map.kind) \(map.keySize) \(map.valueSize) \(map.capacity) \(map.path)"
    }
  }

  /// Returns the text of what takes turns with a map.
  private func name(_ twin: MapTwin) -> String {
    " or its twin by \(twin.selectorOffset), \(twin.merging.rawValue)"
  }

  /// Returns the text of what an event asks for.
  private func name(_ action: EventAction) -> String {
    switch action {
    case .printf(let format): "printf \(name(format))"
    case .message(let format, let origin):
      "\(origin.level.rawValue.lowercased()) \(name(format)) at \(origin.range)"
    case .cat(let format): "cat \(name(format))"
    case .system(let format): "system \(name(format))"
    case .join(let separator): "join \(quoted(separator))"
    case .row(let headings): "row \(quoted(Array(headings.joined(separator: " ").utf8)))"
    case .printValue: "print value"
    case .printElement(let map, let divisor):
      "print element of \(module.manifest.maps[map].name)" + (divisor.map { " by \($0)" } ?? "")
    case .printMap(let map, let top, let divisor):
      "print \(module.manifest.maps[map].name)"
        + (top.map { " top \($0)" } ?? "") + (divisor.map { " by \($0)" } ?? "")
    case .printMapAndReset(let map, let top, let divisor, let keepsKeys):
      "print \(module.manifest.maps[map].name)"
        + (top.map { " top \($0)" } ?? "") + (divisor.map { " by \($0)" } ?? "")
        + (keepsKeys ? " and zero" : " and clear")
    case .table(let table): name(table)
    case .clearScreen: "clear screen"
    case .clear(let map): "clear \(module.manifest.maps[map].name)"
    case .zero(let map): "zero \(module.manifest.maps[map].name)"
    case .time(let format): "time \(quoted(Array(format.utf8)))"
    case .helperError(let site):
      "helper error \(module.manifest.helperSites[site].helper) at \(module.manifest.helperSites[site].location)"
    case .unwatch: "unwatch"
    case .exit: "exit"
    }
  }

  /// Returns the text of a table that is printed.
  private func name(_ table: TableDescription) -> String {
    let columns = table.columns.map { column in
      module.manifest.maps[column.map].name + (column.divisor == 1 ? "" : " by \(column.divisor)")
        + (table.resets[column.map].map { $0 == .zero ? " and zero" : " and clear" } ?? "")
    }
    return "table \(quoted(Array(table.headings.joined(separator: " ").utf8))) of "
      + columns.joined(separator: ", ") + (table.top.map { " top \($0)" } ?? "")
  }

  /// Returns the text of `format`: that of the script, its escapes and the order of flags made uniform.
  private func name(_ format: FormatString) -> String {
    var bytes: [UInt8] = []
    for piece in format.pieces {
      switch piece {
      case .literal(let text): bytes += text.flatMap { $0 == UInt8(ascii: "%") ? [$0, $0] : [$0] }
      case .conversion(let conversion): bytes += name(conversion).utf8
      }
    }
    return quoted(bytes)
  }

  /// Returns the text of a conversion of a format.
  private func name(_ conversion: FormatString.Conversion) -> String {
    let verb =
      switch conversion.verb {
      case .signed: "d"
      case .unsigned: "u"
      case .octal: "o"
      case .hexadecimal(let isUpperCase): isUpperCase ? "X" : "x"
      case .pointer: "p"
      case .character: "c"
      case .allocationFlags: "gr"
      case .text: "s"
      case .bytes(.escaped): "r"
      case .bytes(.escapedHexadecimal): "rx"
      case .bytes(.plainHexadecimal): "rh"
      }
    let length = [8: "hh", 16: "h", 64: "l"][conversion.length ?? 32] ?? ""
    return "%" + (conversion.isLeftAligned ? "-" : "") + (conversion.showsPlus ? "+" : "")
      + (conversion.showsSpace ? " " : "") + (conversion.isAlternative ? "#" : "")
      + (conversion.padsWithZeros ? "0" : "") + (conversion.width.map { "\($0)" } ?? "")
      + (conversion.precision.map { ".\($0)" } ?? "") + length + verb
  }

  /// Returns `bytes` in quotation marks.
  private func quoted(_ bytes: [UInt8]) -> String {
    var result = "\""
    for byte in bytes {
      switch byte {
      case 0: result += "\\0"
      case UInt8(ascii: "\n"): result += "\\n"
      case UInt8(ascii: "\""): result += "\\\""
      case UInt8(ascii: "\\"): result += "\\\\"
      case 0x20..<0x7F: result.unicodeScalars.append(UnicodeScalar(byte))
      default: result += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return result + "\""
  }

  /// Returns the texts of `types` separated by commas.
  private func list(_ types: [Type]) -> String { types.map(name).joined(separator: ", ") }

  /// Returns the text of `type`, with the memory that a pointer points into.
  private func name(_ type: Type) -> String {
    if case .pointer(_, let space) = type { return "\(type) \(space.rawValue)" }
    return type.description
  }

}
