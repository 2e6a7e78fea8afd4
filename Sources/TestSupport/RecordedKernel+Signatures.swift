import Kernel
import Types

extension RecordedKernel {

  /// What type information tells about functions, by name.
  static let signatures: [String: FunctionSignature] = [
    "tcp_sendmsg": FunctionSignature(
      typeNumber: 101,
      parameters: [
        value("sk", socket, "struct sock *sk", isTracked: true),
        value("msg", .pointer(to: .none, .kernel), "struct msghdr *msg"),
        value("size", .uint64, "size_t size"),
      ], result: value("retval", .int32, "int retval")),
    "tcp_recvmsg": FunctionSignature(
      typeNumber: 102,
      parameters: [
        value("sk", socket, "struct sock *sk", isTracked: true),
        value("msg", .pointer(to: .none, .kernel), "struct msghdr *msg"),
        value("len", .uint64, "size_t len"), value("flags", .int32, "int flags"),
        value("addr_len", .pointer(to: .int32, .kernel), "int *addr_len"),
      ], result: value("retval", .int32, "int retval")),
    "tcp_close": FunctionSignature(
      typeNumber: 103,
      parameters: [
        value("sk", socket, "struct sock *sk", isTracked: true), value("timeout", .int64, "long timeout"),
      ]),
    "bpf_iter_task": FunctionSignature(
      typeNumber: 104,
      parameters: [
        value("meta", pointer(to: "bpf_iter_meta"), "struct bpf_iter_meta *meta", isTracked: true),
        value("task", pointer(to: "task_struct"), "struct task_struct *task", isTracked: true),
      ], result: value("retval", .int32, "int retval")),
  ]

  /// What type information tells about tracepoints, by name.
  static let tracepointSignatures: [String: FunctionSignature] = [
    "sched_switch": FunctionSignature(
      typeNumber: 201,
      parameters: [
        value("preempt", .bool, "bool preempt"),
        value("prev", pointer(to: "task_struct"), "struct task_struct *prev", isTracked: true),
        value("next", pointer(to: "task_struct"), "struct task_struct *next", isTracked: true),
        value("prev_state", .uint32, "unsigned int prev_state"),
      ])
  ]

  /// The type of pointers to sockets.
  private static let socket = pointer(to: "sock")

  /// Returns a parameter or a result.
  private static func value(
    _ name: String, _ type: Type, _ declaration: String, isTracked: Bool = false
  ) -> FunctionSignature.Value {
    FunctionSignature.Value(name: name, type: type, isTracked: isTracked, declaration: declaration)
  }

}
