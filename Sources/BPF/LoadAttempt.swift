import CBPF
import Glibc

/// One attempt to load an object, with room for `logSize` bytes of the verifier's words about each program.
struct LoadAttempt {

  /// How an attempt ended.
  enum Outcome {

    /// The object is loaded and the receiver must close it.
    case loaded(OpaquePointer)

    /// Nothing is loaded.
    case failed(ObjectFault)

  }

  /// How the attempt ended.
  let outcome: Outcome

  /// What the verifier said about each program.
  let logs: [VerifierLog]

  /// What became of programs that are loaded for targets, by name.
  var tracing: [String: TracingLoads.Pending] = [:]

  /// The maps by their names in the object, if it uses foreign ones: libbpf calls those as the kernel does.
  private(set) var maps: [String: OpaquePointer] = [:]

  /// Makes an attempt, in which programs are loaded for the targets that `tracing` says by their names, and use the maps in the
  /// open files that `foreign` says by the maps' names.
  init(
    _ bytes: [UInt8], name: String, recordsLogs: Bool, logSize: Int,
    tracing: [String: TracingLoads.Pending] = [:], using foreign: [String: Int32] = [:],
    changes: ObjectChanges? = nil
  ) {
    if !tracing.isEmpty { TracingLoads.register() }
    let (opened, openWarnings) = LibbpfMessages.recordingWarnings { () -> (OpaquePointer?, Int32) in
      errno = 0
      let handle = cbpf_open_object(bytes, bytes.count, name)
      return (handle, errno)
    }
    guard let handle = opened.0 else {
      let error = SystemError(call: "bpf_object__open", number: opened.1)
      outcome = .failed(
        ObjectFault(error: error, program: nil, map: nil, log: "", warnings: openWarnings))
      logs = []
      return
    }
    setTypes(of: handle, changes)
    if let changes { changes.resizeMaps(of: handle) }
    if !foreign.isEmpty {
      maps = mapsByName(of: handle)
      for (name, file) in foreign {
        guard let map = maps[name] else { continue }
        let status = bpf_map__reuse_fd(map, file)
        if status == 0 { continue }
        outcome = .failed(
          ObjectFault(
            error: SystemError(call: "bpf_map__reuse_fd", number: -status), program: nil, map: name,
            log: "", warnings: []))
        logs = []
        bpf_object__close(handle)
        return
      }
    }
    let buffers = LogBuffers(of: handle, size: logSize, recordsLogs: recordsLogs)
    let (loading, warnings) = LibbpfMessages.recordingWarnings {
      TracingLoads.carryingOut(tracing) { bpf_object__load(handle) }
    }
    let status = loading.0
    self.tracing = loading.1
    let logs = buffers.contents()
    self.logs = logs
    if status == 0 {
      outcome = .loaded(handle)
      return
    }
    for file in loading.1.values.flatMap(\.results) where file >= 0 { close(file) }
    // Programs are loaded in order up to the one that is refused.
    let refused = logs.last { !$0.text.isEmpty }
    outcome = .failed(
      ObjectFault(
        error: SystemError(call: "bpf_object__load", number: -status),
        program: named("prog", in: warnings) ?? refused?.program,
        map: named("map", in: warnings), log: refused?.text ?? "", warnings: warnings))
    bpf_object__close(handle)
  }

}

/// Tells libbpf the types of those programs of `object` whose sections it may not know, or that are to be of other types, and
/// which programs are not to be loaded.
private func setTypes(of object: OpaquePointer, _ changes: ObjectChanges?) {
  var program: OpaquePointer? = nil
  while let next = bpf_object__next_program(object, program) {
    program = next
    let section = String(cString: bpf_program__section_name(next))
    let wanted = changes.map { $0.sections[String(cString: bpf_program__name(next))] } ?? section
    guard let wanted else {
      bpf_program__set_autoload(next, false)
      continue
    }
    let attachType: bpf_attach_type? =
      switch wanted {
      case "kprobe.session": cbpf_trace_kprobe_session
      case "uprobe.multi": cbpf_trace_uprobe_multi
      case "kprobe.multi" where wanted != section: BPF_TRACE_KPROBE_MULTI
      // What programs have that are not of another type, zero.
      case "kprobe" where wanted != section, "uprobe" where wanted != section: BPF_CGROUP_INET_INGRESS
      default: nil
      }
    if let attachType {
      bpf_program__set_type(next, BPF_PROG_TYPE_KPROBE)
      bpf_program__set_expected_attach_type(next, attachType)
    }
  }
}

/// Returns the maps of `object` by name.
private func mapsByName(of object: OpaquePointer) -> [String: OpaquePointer] {
  var result: [String: OpaquePointer] = [:]
  var map: OpaquePointer? = nil
  while let next = bpf_object__next_map(object, map) {
    result[String(cString: bpf_map__name(next))] = next
    map = next
  }
  return result
}

/// Returns NAME of the first of libbpf's `warnings` that starts with `KEYWORD 'NAME':`, nil if there is none.
private func named(_ keyword: String, in warnings: [String]) -> String? {
  let prefix = "libbpf: \(keyword) '"
  for warning in warnings where warning.hasPrefix(prefix) {
    return String(warning.dropFirst(prefix.count).prefix { $0 != "'" })
  }
  return nil
}

/// Memory for what the verifier says about each program of an object. Memory that is not written to costs nothing.
private struct LogBuffers: ~Copyable {

  /// The names of the programs, in order.
  private let names: [String]

  /// The number of bytes for each program.
  private let size: Int

  /// The memory, nil if there is none to be had.
  private let memory: UnsafeMutableRawPointer?

  /// Creates memory for the programs of `object` and has the verifier's words put there.
  init(of object: OpaquePointer, size: Int, recordsLogs: Bool) {
    var programs: [OpaquePointer] = []
    while let next = bpf_object__next_program(object, programs.last) { programs.append(next) }
    self.names = programs.map { String(cString: bpf_program__name($0)) }
    self.size = size
    let memory = mmap(
      nil, max(size * programs.count, 1), PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    self.memory = memory == MAP_FAILED ? nil : memory
    guard let memory = self.memory else { return }
    for (i, program) in programs.enumerated() {
      bpf_program__set_log_buf(program, (memory + i * size).assumingMemoryBound(to: CChar.self), size)
      // Level 2 is every instruction on every path, level 1 the refused path alone (BPF_LOG_LEVEL2, linux/bpf_verifier.h).
      if recordsLogs { bpf_program__set_log_level(program, 2) }
    }
  }

  /// Releases the memory.
  deinit { if let memory { munmap(memory, max(size * names.count, 1)) } }

  /// Returns what is in the memory.
  func contents() -> [VerifierLog] {
    names.enumerated().map { i, name in
      guard let memory else { return VerifierLog(program: name, text: "") }
      let text = (memory + i * size).assumingMemoryBound(to: CChar.self)
      return VerifierLog(program: name, text: String(cString: text))
    }
  }

}
