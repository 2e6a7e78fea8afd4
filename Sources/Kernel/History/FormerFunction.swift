/// A function that kernels once had, and where what it did is found since.
///
/// Scripts outlive functions: those of the kernel come and go with its releases.
public struct FormerFunction: Hashable, Sendable {

  /// The name.
  public let name: String

  /// The first release without it: 6.5 is `(6, 5)`. Distributions take changes over into older releases.
  let end: Release

  /// What to probe in its place: names of functions, or whole probes.
  public let successors: [String]

  /// A release of the kernel.
  struct Release: Hashable, Sendable {

    /// The first number.
    let major: Int

    /// The second number.
    let minor: Int

  }

  /// Creates a function that was gone in the release `major.minor`.
  init(_ name: String, until major: Int, _ minor: Int, _ successors: [String]) {
    self.name = name
    self.end = Release(major: major, minor: minor)
    self.successors = successors
  }

  /// The first release without it as text: `6.5`.
  public var endText: String { "\(end.major).\(end.minor)" }

}

extension KernelView {

  /// Returns what is known about the function `name`, which the kernel lacks, if it has or had one of that name; nil if there
  /// never was one or if it should have it.
  ///
  /// Successors that are gone, too, are replaced by their own.
  public func former(_ name: String) -> FormerFunction? {
    guard let found = FormerFunction.named(name, in: self) else { return nil }
    return isAtLeast(found.end.major, found.end.minor) ? lasting(found) : nil
  }

  /// Returns the functions that the kernel has no more and whose names satisfy `isWanted`.
  public func formerFunctions(where isWanted: (String) -> Bool) -> [FormerFunction] {
    FormerFunction.all.filter { isWanted($0.name) && isAtLeast($0.end.major, $0.end.minor) }.map(lasting)
  }

  /// Returns the function that did the work of `name`, which is a younger one, in the kernel; nil if it should have `name`, or if
  /// nothing is known about it.
  public func predecessor(of name: String) -> FormerFunction? {
    guard let first = younger(directly: name) else { return nil }
    var oldest = first
    // No chain is longer than the table.
    for _ in FormerFunction.all.indices {
      guard let next = younger(directly: oldest.name) else { break }
      oldest = next
    }
    return FormerFunction(oldest.name, until: first.end.major, first.end.minor, [name])
  }

  /// Returns the entry of the function that `name` took the place of in a release later than the kernel's.
  private func younger(directly name: String) -> FormerFunction? {
    FormerFunction.all.first { $0.successors == [name] && !isAtLeast($0.end.major, $0.end.minor) }
  }

  /// Returns what is known about the function `name` if the kernel still has it but hardly calls it; nil otherwise.
  public func bypassed(_ name: String) -> FormerFunction? {
    FormerFunction.bypassed.first { $0.name == name && isAtLeast($0.end.major, $0.end.minor) }
  }

  /// Returns `function` with the successors that the kernel has.
  private func lasting(_ function: FormerFunction) -> FormerFunction {
    var successors = function.successors
    // No chain is longer than the table.
    for _ in FormerFunction.all.indices {
      guard let index = successors.indices.first(where: { former(directly: successors[$0]) != nil }),
        let next = former(directly: successors[index])
      else { break }
      successors.replaceSubrange(index...index, with: next.successors)
    }
    return FormerFunction(function.name, until: function.end.major, function.end.minor, successors)
  }

  /// Returns the entry of `name` if the kernel has no such function any more.
  private func former(directly name: String) -> FormerFunction? {
    FormerFunction.all.first { $0.name == name && isAtLeast($0.end.major, $0.end.minor) }
  }

}

extension FormerFunction {

  /// Returns the entry of `name`, nil if there is none: of system calls, those that `kernel` has are known.
  fileprivate static func named(_ name: String, in kernel: some KernelView) -> FormerFunction? {
    all.first { $0.name == name } ?? systemCall(name, in: kernel)
  }

  /// Returns the entry of the function `name` of a system call: `sys_read`, `SyS_read`.
  ///
  /// Since commit fa697140f9a2 their names start with the architecture's, and they are handed the registers (`struct pt_regs`).
  private static func systemCall(_ name: String, in kernel: some KernelView) -> FormerFunction? {
    guard let prefix = ["sys_", "SyS_"].first(where: name.hasPrefix) else { return nil }
    let call = name.dropFirst(prefix.count)
    let function = "__x64_sys_\(call)"
    let found = try? kernel.traceableFunctions { $0.elementsEqual(function.utf8) }
    guard found?.isEmpty == false || [.alias, .untold].contains(kernel.standing(ofFunction: function)) else {
      return nil
    }
    return FormerFunction(name, until: 4, 17, ["tracepoint:syscalls:sys_enter_\(call)", function])
  }

}
