import Kernel
import Types

/// What the kernel's verifier says about a load by way of a pointer whose type it knows.
enum TrackedAccess: Hashable {

  /// The result is a number.
  case number

  /// The result is a pointer to the given structure, whose type the verifier knows, too.
  case pointer(StructureName)

  /// How deep structures may be nested.
  private static let depthLimit = 16

  /// Creates what it says about a load of `size` bytes at `offset` in `structure`; nil if it refuses that, or may do so.
  ///
  /// The rules are those of `btf_struct_walk` in kernel/bpf/btf.c: the first member that the bytes are in decides, also in
  /// unions; a load stays within it, or within the whole of an array.
  init?(to offset: Int, size: Int, in structure: StructureName, on kernel: any KernelView, depth: Int = 0) {
    guard depth < TrackedAccess.depthLimit, offset >= 0, let layout = kernel.layout(of: structure),
      offset + size <= layout.size
    else { return nil }
    for member in layout.members {
      if let bits = member.bits {
        if offset <= member.offset && member.offset + bits.byteCount <= offset + size {
          self = .number
          return
        }
        continue
      }
      guard let count = member.type.byteCount(on: kernel) else { return nil }
      if count == 0 || offset >= member.offset + count { continue }
      if offset < member.offset { return nil }
      self.init(to: offset - member.offset, size: size, of: count, in: member, on: kernel, depth: depth)
      return
    }
    return nil
  }

  /// Creates what it says about a load of `size` bytes at `offset` in `member`, which has `count` bytes.
  private init?(
    to offset: Int, size: Int, of count: Int, in member: StructureLayout.Member, on kernel: any KernelView,
    depth: Int
  ) {
    var type = member.type
    while case .array(let element, _) = type { type = element }
    switch type {
    case .structure(let inner):
      guard let elementSize = type.byteCount(on: kernel), elementSize > 0 else { return nil }
      self.init(to: offset % elementSize, size: size, in: inner.name, on: kernel, depth: depth + 1)
    case .pointer(let pointee, _):
      // Pointers in arrays are left to helpers.
      guard offset == 0, size == 8, count == 8 else { return nil }
      if member.isTracked, case .structure(let target) = pointee {
        self = .pointer(target.name)
      } else {
        self = .number
      }
    default:
      guard offset + size <= count else { return nil }
      self = .number
    }
  }

}

extension Type {

  /// The number of bytes of a member of a structure of `kernel`, nil if that is not known.
  fileprivate func byteCount(on kernel: any KernelView) -> Int? {
    switch self {
    case .structure(let structure): structure.size ?? kernel.layout(of: structure.name)?.size
    case .array(let element, let count): element.byteCount(on: kernel).map { $0 * count }
    case .none: nil
    default: size
    }
  }

}
