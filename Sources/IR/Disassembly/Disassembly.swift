public import Types

/// The instructions of an object as text, below the lines of the script that they come from.
public struct Disassembly {

  /// The object.
  private let file: ObjectFile

  /// What its instructions refer to.
  private let references: SymbolReferences

  /// The names of the script's maps, by those of the object's.
  private let mapNames: [String: String]

  /// The functions of the kernel that are called.
  private let kernelCalls: [KernelCall]

  /// The lines of the script, by the name of the section and the offset of the first instruction of each.
  private var lines: [Place: String] = [:]

  /// A place in the object.
  private struct Place: Hashable {

    /// The name of the section.
    let section: String

    /// The offset in it.
    let offset: Int

  }

  /// Creates an instance for `object`, an ELF file of LLVM's in which `maps` are and `kernelCalls` are called; nil if it is none.
  public init?(of object: [UInt8], maps: [MapDescription], kernelCalls: [KernelCall]) {
    guard let file = ObjectFile(object) else { return nil }
    self.file = file
    self.kernelCalls = kernelCalls
    references = SymbolReferences(of: file)
    mapNames = Dictionary(maps.map { ($0.objectName, $0.name) }, uniquingKeysWith: { first, _ in first })
    guard let records = LineRecords(of: file) else { return }
    for record in records.records {
      let text = records.text(of: record, in: file)
      if text.isEmpty { continue }
      lines[Place(section: record.section, offset: record.instruction)] =
        "; \(records.fileName(of: record, in: file)):\(record.line): \(text)"
    }
  }

  /// The text: for each function its name, the number of its instructions, and these.
  public var text: String { references.functions.map(text).joined(separator: "\n") }

  /// Returns the text of `function`.
  private func text(of function: SymbolReferences.Function) -> String {
    let section = file.sections[function.section]
    let name = file.name(of: section)
    let size = MachineInstruction.size
    let isProgram = name != ".text"
    var result = isProgram ? "program \(function.name), section '\(name)'" : "function \(function.name)"
    result += ", \(function.range.count / size) instructions\n"
    var line = ""
    var offset = function.range.lowerBound
    while offset + size <= function.range.upperBound {
      if let next = lines[Place(section: name, offset: offset)], next != line {
        line = next
        result += "\(line)\n"
      }
      let instruction = MachineInstruction(at: section.range.lowerBound + offset, of: file)
      let number = (offset - function.range.lowerBound) / size
      let text = instruction.text(at: number, about: referent(of: instruction, at: offset, in: function))
      result += "\(String(repeating: " ", count: max(0, 5 - String(number).count)))\(number): \(text)\n"
      offset += instruction.isWide ? 2 * size : size
    }
    return result
  }

  /// Returns the name of what `instruction`, at `offset` of the section of `function`, is about.
  private func referent(
    of instruction: MachineInstruction, at offset: Int, in function: SymbolReferences.Function
  ) -> String? {
    // BPF_PSEUDO_KFUNC_CALL
    if instruction.isCall && instruction.source == 2 {
      return kernelCalls.first { $0.number == instruction.immediate }?.name
    }
    return references.referent(of: instruction, at: offset, section: function.section) { name in
      mapNames[name].map { "map[\($0)]" } ?? name
    }
  }

}
