import Kernel
import Probes
import TestSupport
import Testing

/// What `-l` finds.
@Suite struct ListingTests {

  /// Returns the names that `pattern` denotes.
  private func names(_ pattern: String) -> [String] {
    listProbes(matching: pattern, on: RecordedKernel()).entries.map(\.name)
  }

  /// Patterns name a provider and its parts, or are compared with whole names.
  @Test func patterns() {
    #expect(names("tracepoint:*:*").count == 5)
    #expect(names("tracepoint") == names("t:*"))
    #expect(names("t:syscalls:*open*") == ["tracepoint:syscalls:sys_enter_openat"])
    #expect(names("kprobe:tcp_re*") == ["kprobe:tcp_recvmsg", "kprobe:tcp_retransmit_skb"])
    #expect(names("kretprobe:tcp_ack") == ["kretprobe:tcp_ack"])
    #expect(names("kprobe:nfs:*") == ["kprobe:nfs:dup_static", "kprobe:nfs:nfs_file_read"])
    #expect(names("*openat*") == ["kprobe:do_sys_openat2", "tracepoint:syscalls:sys_enter_openat"])
    #expect(names("*:vfs_open") == ["kprobe:vfs_open"])
    #expect(names("fentry:tcp_*") == ["fentry:tcp_close", "fentry:tcp_recvmsg", "fentry:tcp_sendmsg"])
    #expect(names("fexit:vmlinux:tcp_c*") == ["fexit:vmlinux:tcp_close"])
    #expect(names("rt:*") == ["rawtracepoint:sched_switch"])
    #expect(names("iter:*") == ["iter:task"])
    let kinds = ["kprobe", "tracepoint", "fentry", "rawtracepoint", "iter", "software", "hardware"]
    let count = kinds.reduce(0) { $0 + names($1).count }
    #expect(names("*").count == count)
    #expect(names("xyzzy").isEmpty)
    #expect(names("").isEmpty)
    #expect(names(":::").isEmpty)
    #expect(names("uprobe:*").isEmpty)
  }

  /// Types are listed by their keyword and name, with `-v` as they are defined; functions of BPF programs with the program's
  /// number.
  @Test func typesAndPrograms() {
    #expect(names("struct ns_*") == ["struct ns_common"])
    #expect(names("struct xyzzy").isEmpty)
    let listing = listProbes(matching: "struct ns_common", withArguments: true, on: RecordedKernel())
    #expect(listing.entries.map(\.name) == ["struct ns_common {\n    unsigned int inum;\n};"])
    #expect(names("fentry:bpf:*") == ["fentry:bpf:12:watch", "fentry:bpf:12:part", "fentry:bpf:15:watch"])
    #expect(names("fexit:bpf:15:*") == ["fexit:bpf:15:watch"])
  }

  /// `-lv` shows declarations.
  @Test func arguments() {
    let listing = listProbes(matching: "t:syscalls:sys_exit_read", withArguments: true, on: RecordedKernel())
    #expect(listing.entries.first?.arguments.contains("long ret") == true)
    let typed = listProbes(matching: "fexit:tcp_recvmsg", withArguments: true, on: RecordedKernel())
    #expect(
      typed.entries.first?.arguments == [
        "struct sock *sk", "struct msghdr *msg", "size_t len", "int flags", "int *addr_len", "int retval",
      ])
  }

  /// One provider's fault leaves the others' probes.
  @Test func faultsDoNotHideWhatIsThere() {
    let kernel = RecordedKernel()
    kernel.functionsFault = KernelFault("no permission")
    let listing = listProbes(matching: "*", on: kernel)
    #expect(listing.entries.filter { $0.name.hasPrefix("tracepoint:") }.count == 5)
    #expect(listing.faults.map(\.message) == ["no permission"])
  }

}
