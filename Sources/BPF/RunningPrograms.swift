import CBPF
import Glibc

/// A BPF program in the kernel whose functions have types.
public struct RunningProgram: Sendable {

  /// The number by which `bpftool prog show id` knows it.
  public let identifier: UInt32

  /// The type information.
  public let types: [UInt8]

  /// The numbers of its functions in the type information.
  public let functions: [Int]

  /// Returns the programs in the kernel that have type information, in the order of their numbers.
  public static func all() -> [RunningProgram] {
    LibbpfMessages.install()
    var result: [RunningProgram] = []
    var identifier: UInt32 = 0
    while bpf_prog_get_next_id(identifier, &identifier) == 0 {
      let number = bpf_prog_get_fd_by_id(identifier)
      if number < 0 { continue }
      let file = FileDescriptor(owning: number)
      if let program = RunningProgram(file.number, identifier) { result.append(program) }
    }
    return result
  }

  /// Creates the description of the program that the open file `file` stands for; nil if it has no type information.
  private init?(_ file: Int32, _ identifier: UInt32) {
    var info = bpf_prog_info()
    var size = UInt32(MemoryLayout<bpf_prog_info>.size)
    guard bpf_obj_get_info_by_fd(file, &info, &size) == 0, info.btf_id != 0, info.nr_func_info > 0,
      info.func_info_rec_size >= 8, let types = RunningProgram.types(numbered: info.btf_id)
    else { return nil }
    // A record is the offset of a function and its number, and perhaps more (`struct bpf_func_info`).
    let (count, recordSize) = (Int(info.nr_func_info), Int(info.func_info_rec_size))
    var records = [UInt8](repeating: 0, count: count * recordSize)
    let status = records.withUnsafeMutableBytes { memory in
      var request = bpf_prog_info()
      request.nr_func_info = UInt32(count)
      request.func_info_rec_size = UInt32(recordSize)
      request.func_info = UInt64(UInt(bitPattern: memory.baseAddress))
      return bpf_obj_get_info_by_fd(file, &request, &size)
    }
    guard status == 0 else { return nil }
    self.identifier = identifier
    self.types = types
    self.functions = records.withUnsafeBytes { memory in
      (0..<count).map { Int(memory.loadUnaligned(fromByteOffset: $0 * recordSize + 4, as: UInt32.self)) }
    }
  }

  /// Returns the type information with the given number.
  static func types(numbered number: UInt32) -> [UInt8]? {
    let opened = bpf_btf_get_fd_by_id(number)
    if opened < 0 { return nil }
    let file = FileDescriptor(owning: opened)
    var info = bpf_btf_info()
    var size = UInt32(MemoryLayout<bpf_btf_info>.size)
    guard bpf_obj_get_info_by_fd(file.number, &info, &size) == 0, info.btf_size > 0, info.btf_size < 1 << 28
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(info.btf_size))
    let status = bytes.withUnsafeMutableBytes { memory in
      var request = bpf_btf_info()
      request.btf = UInt64(UInt(bitPattern: memory.baseAddress))
      request.btf_size = UInt32(memory.count)
      return bpf_obj_get_info_by_fd(file.number, &request, &size)
    }
    return status == 0 ? bytes : nil
  }

}
