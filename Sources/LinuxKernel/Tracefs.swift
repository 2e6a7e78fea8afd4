import Glibc
import Kernel

/// The file system by which the kernel shows what can be traced.
struct Tracefs {

  /// Where it is mounted.
  let path: String

  /// Returns the place of tracefs, which is mounted if it is not and that is allowed.
  static func locate() throws(KernelFault) -> Tracefs {
    let usual = "/sys/kernel/tracing"
    for path in [usual, "/sys/kernel/debug/tracing"] {
      if isAccessible("\(path)/events") { return Tracefs(path: path) }
      if errno == EACCES { throw notPermitted }
    }
    if !isAccessible(usual) {
      throw KernelFault("the kernel has no tracefs", hint: "it must be built with CONFIG_TRACING")
    }
    if mount("tracefs", usual, "tracefs", 0, nil) == 0 { return Tracefs(path: usual) }
    // In containers, mounting is not allowed even to root, nor to whoever has the capabilities that suffice for the rest.
    let isForbidden = errno == EPERM || errno == EACCES
    throw KernelFault(
      "tracefs is not mounted",
      hint: isForbidden
        ? "root must mount it with 'mount -t tracefs tracefs \(usual)', or give a container that directory"
        : "mount it with 'mount -t tracefs tracefs \(usual)'")
  }

  /// The user may not look.
  private static let notPermitted = KernelFault(
    "what can be traced is shown to root only",
    hint: "run the command with 'sudo', or with the capability CAP_DAC_READ_SEARCH")

  /// The names of the subsystems that have tracepoints, sorted.
  func subsystems() throws(KernelFault) -> [String] {
    do {
      return try listDirectory("\(path)/events")
    } catch {
      throw Tracefs.fault(error, reading: "\(path)/events")
    }
  }

  /// The names of the tracepoints of `subsystem`, sorted; empty if there is no such subsystem.
  func events(in subsystem: String) throws(KernelFault) -> [String] {
    if !Tracefs.isFileName(subsystem) { return [] }
    do {
      return try listDirectory("\(path)/events/\(subsystem)")
    } catch {
      if error.number == ENOENT || error.number == ENOTDIR { return [] }
      throw Tracefs.fault(error, reading: "\(path)/events/\(subsystem)")
    }
  }

  /// The format of a tracepoint, nil if there is none.
  func format(of event: String, in subsystem: String) throws(KernelFault) -> TracepointFormat? {
    if !Tracefs.isFileName(event) || !Tracefs.isFileName(subsystem) { return nil }
    let file = "\(path)/events/\(subsystem)/\(event)/format"
    do {
      return TracepointFormat(parsing: String(decoding: try readFile(file), as: UTF8.self))
    } catch {
      if error.number == ENOENT || error.number == ENOTDIR { return nil }
      throw Tracefs.fault(error, reading: file)
    }
  }

  /// Returns `true` iff `text` can be the name of a file and not that of another directory.
  private static func isFileName(_ text: String) -> Bool {
    !text.isEmpty && text != "." && text != ".." && !text.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
      && text.utf8.count < 256
  }

  /// Returns what it means that `path` could not be read.
  static func fault(_ error: FileError, reading path: String) -> KernelFault {
    error.number == EACCES ? notPermitted : KernelFault("cannot read '\(path)': \(error.explanation)")
  }

}
