import IR
import Kernel
import Types

extension KernelFact {

  /// Returns the number on `kernel`, or throws why code that knows the fact does not fit it.
  func value(on kernel: any KernelView) throws(Misfit) -> Int64 {
    let result = try currentValue(on: kernel)
    if isFixed && result != value { throw Misfit(differing(result)) }
    return result
  }

  /// Returns the number on `kernel`, whether or not it may differ.
  private func currentValue(on kernel: any KernelView) throws(Misfit) -> Int64 {
    switch subject {
    case .offset(let structure, let steps):
      let (offset, found) = try place(after: steps, in: structure, on: kernel)
      if let type, !type.isStoredLike(found) { throw Misfit(differing(found, steps, of: structure)) }
      return Int64(offset)
    case .bits(let structure, let name):
      return Int64(try bitField(name, of: structure, on: kernel).member.offset)
    case .shift(let structure, let name):
      let bits = try bitField(name, of: structure, on: kernel).bits
      let shift = 64 - bits.offset - bits.width
      if shift >= 0 { return Int64(shift) }
      throw Misfit("the bit field '\(name)' of '\(structure)' is spread over 9 bytes in this kernel")
    case .others(let structure, let name):
      return Int64(64 - (try bitField(name, of: structure, on: kernel).bits.width))
    case .size(let structure): return Int64(try layout(of: structure, on: kernel).size)
    case .constant(let name, let enumeration):
      let all = enumeration.isEmpty ? nil : kernel.enumeration(named: enumeration)
      if let constant = all?[name] { return constant.value }
      if let constant = kernel.constant(named: name) { return constant.value }
      throw Misfit("this kernel has no constant '\(name)'")
    case .names(let enumeration):
      guard let layout = kernel.enumeration(named: enumeration) else {
        throw Misfit("this kernel has no 'enum \(enumeration)'")
      }
      return Int64(layout.type.width)
    case .symbol(let name):
      do throws(KernelFault) {
        if let address = try kernel.address(ofSymbol: name) { return Int64(bitPattern: address) }
      } catch {
        throw Misfit(error.message, hint: error.hint)
      }
      throw Misfit("the kernel has no symbol '\(name)'")
    case .possibleCPUs: return Int64(kernel.possibleCPUCount)
    case .controlGroup(let path):
      if let number = kernel.controlGroup(at: path) { return Int64(bitPattern: number) }
      throw Misfit("there is no control group '\(path)' here", hint: nil)
    case .field(let name, let subsystem, let event, let isDataLocation):
      return Int64(
        try field(name, ofTracepoint: event, in: subsystem, isDataLocation: isDataLocation, on: kernel))
    case .initialProcessNumbers:
      if kernel.pidNamespace == nil { return 0 }
      throw Misfit(
        "the file was built for processes as the machine numbers them, and not for those of a container",
        hint: "build the file in the container")
    }
  }

  /// Returns the offset of the field `name` of a tracepoint on `kernel`; of one that is gone, which others report, that where the
  /// code was compiled.
  private func field(
    _ name: String, ofTracepoint event: String, in subsystem: String, isDataLocation: Bool,
    on kernel: any KernelView
  ) throws(Misfit) -> Int {
    let found: TracepointFormat?
    do throws(KernelFault) {
      found = try kernel.format(ofTracepoint: event, in: subsystem)
    } catch {
      throw Misfit(error.message, hint: error.hint)
    }
    guard let format = found else { return Int(value) }
    guard let field = format.fields.first(where: { $0.name == name }) else {
      throw Misfit("'tracepoint:\(subsystem):\(event)' has no field '\(name)' in this kernel")
    }
    if field.isDataLocation == isDataLocation, type?.isStoredLike(field.type) ?? true { return field.offset }
    let before = type.map { ", and '\($0) \(name)' where the file was built" } ?? ""
    throw Misfit(
      "the field '\(name)' of 'tracepoint:\(subsystem):\(event)' is '\(field.declaration)' in this kernel\(before)"
    )
  }

  /// Returns the layout of `structure` on `kernel`.
  private func layout(
    of structure: StructureName, on kernel: any KernelView
  ) throws(Misfit) -> StructureLayout {
    if let layout = kernel.layout(of: structure) { return layout }
    if kernel.status(of: .btf) == .missing {
      throw Misfit(
        "this kernel has no type information, so that it does not tell where the members of '\(structure)' are",
        hint: "use a kernel with CONFIG_DEBUG_INFO_BTF")
    }
    // One without a tag is called by the member that has it.
    throw Misfit(
      "there is no '\(structure)' in this kernel",
      isConsequence: structure.tag.utf8.contains(UInt8(ascii: ".")))
  }

  /// Returns the member `name` of `structure` on `kernel`.
  private func member(
    _ name: String, of structure: StructureName, on kernel: any KernelView
  ) throws(Misfit) -> StructureLayout.Member {
    if let member = try layout(of: structure, on: kernel)[name] { return member }
    throw Misfit("'\(structure)' has no member '\(name)' in this kernel")
  }

  /// Returns what `steps` lead to from the start of `structure` on `kernel`, and its distance from there in bytes.
  private func place(
    after steps: [Step], in structure: StructureName, on kernel: any KernelView
  ) throws(Misfit) -> (offset: Int, type: Type) {
    var (offset, type) = (0, Type.structure(StructureType(structure)))
    for (index, step) in steps.enumerated() {
      switch (step, type) {
      case (.member(let name), .structure(let owner)):
        let member = try member(name, of: owner.name, on: kernel)
        if member.bits != nil {
          throw Misfit("'\(name)' of '\(owner.name)' is a bit field in this kernel")
        }
        offset += member.offset
        type = member.type
      case (.element(let number), .array(let element, let count))
      where number >= 0 && (number < count || count == 0):
        let (distance, overflows) = number.multipliedReportingOverflow(by: try size(of: element, on: kernel))
        guard !overflows, distance <= 1 << 32 else { throw Misfit(differing(type, steps, of: structure)) }
        offset += distance
        type = element
      default: throw Misfit(differing(type, Array(steps[..<index]), of: structure))
      }
    }
    return (offset, type)
  }

  /// Returns the number of bytes of values of `type` on `kernel`.
  private func size(of type: Type, on kernel: any KernelView) throws(Misfit) -> Int {
    switch type {
    case .structure(let structure): return try layout(of: structure.name, on: kernel).size
    case .array(let element, let count):
      let (size, overflows) = try size(of: element, on: kernel).multipliedReportingOverflow(by: count)
      return overflows ? 0 : size
    default: return type.fixedSize ?? 0
    }
  }

  /// Returns the bit field `name` of `structure` on `kernel`.
  private func bitField(
    _ name: String, of structure: StructureName, on kernel: any KernelView
  ) throws(Misfit) -> (member: StructureLayout.Member, bits: StructureLayout.BitField) {
    let member = try member(name, of: structure, on: kernel)
    guard let bits = member.bits else {
      throw Misfit("'\(name)' of '\(structure)' is no bit field in this kernel")
    }
    if let type, !type.isStoredLike(member.type) {
      throw Misfit(differing(member.type, [.member(name)], of: structure))
    }
    return (member, bits)
  }

  /// Returns the message that what `steps` of `structure` lead to is of another type, `found`.
  private func differing(_ found: Type, _ steps: [Step], of structure: StructureName) -> String {
    let name = String(steps.path.drop { $0 == "." })
    let before = type.map { ", and of type '\($0)' where the file was built" } ?? ""
    return "'\(name)' of '\(structure)' is of type '\(found)' in this kernel\(before)"
  }

  /// Returns the message that the number is another one here, and that the code cannot do with it.
  private func differing(_ number: Int64) -> String {
    switch subject {
    case .offset(let structure, let steps):
      let name = String(steps.path.drop { $0 == "." })
      return
        "'\(name)' of '\(structure)' is at offset \(number) in this kernel, and at \(value) where the file was built"
    case .size(let structure):
      return "'\(structure)' has \(number) bytes in this kernel, and \(value) where the file was built"
    case .constant(let name, _):
      return "'\(name)' is \(number) in this kernel, and \(value) where the file was built"
    case .names(let enumeration):
      return
        "'enum \(enumeration)' has \(number) bits in this kernel, and \(value) where the file was built"
    case .field(let name, let subsystem, let event, _):
      return
        "the field '\(name)' of 'tracepoint:\(subsystem):\(event)' is at offset \(number) in this kernel, and at \(value) where the file was built"
    case .possibleCPUs:
      return
        "the memory that the script needs is for \(value) CPUs as the file was built, and there are \(number) here"
    case .bits, .shift, .others, .symbol, .controlGroup, .initialProcessNumbers:
      return "\(subject) is \(number) in this kernel, and \(value) where the file was built"
    }
  }

}
