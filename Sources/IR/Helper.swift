/// A helper function of the kernel, by its number in `enum bpf_func_id` (`include/uapi/linux/bpf.h`).
public enum Helper: Int, Hashable, Sendable {
  case mapLookupElement = 1
  case mapUpdateElement = 2
  case mapDeleteElement = 3
  case ktimeGetNanoseconds = 5
  case getPrandomU32 = 7
  case getSMPProcessorID = 8
  case getCurrentPIDTGID = 14
  case getCurrentUIDGID = 15
  case getCurrentComm = 16
  case getCurrentTask = 35
  case probeWriteUser = 36
  case currentTaskUnderCgroup = 37
  case getNUMANodeID = 42
  case getSocketCookie = 46
  case overrideReturn = 58
  case getStack = 67
  case getCurrentCgroupID = 80
  case sendSignal = 109
  case skbOutput = 111
  case probeReadUser = 112
  case probeReadKernel = 113
  case probeReadUserString = 114
  case probeReadKernelString = 115
  case sendSignalToThread = 117
  case getJiffies = 118
  case getPIDTGIDInNamespace = 120
  case ktimeGetBootNanoseconds = 125
  case sequencePrint = 126
  case sequenceWrite = 127
  case ringbufReserve = 131
  case ringbufSubmit = 132
  case ringbufDiscard = 133
  case dPath = 147
  case getCurrentTaskBTF = 158
  case forEachMapElement = 164
  case getFunctionIP = 173
  case getAttachCookie = 174
  case loop = 181
  case ktimeGetTAINanoseconds = 208

  /// The name in the kernel's documentation without `bpf_`, which the printed form shows.
  public var name: String {
    switch self {
    case .mapLookupElement: "map_lookup_elem"
    case .mapUpdateElement: "map_update_elem"
    case .mapDeleteElement: "map_delete_elem"
    case .ktimeGetNanoseconds: "ktime_get_ns"
    case .getPrandomU32: "get_prandom_u32"
    case .getSMPProcessorID: "get_smp_processor_id"
    case .getCurrentPIDTGID: "get_current_pid_tgid"
    case .getCurrentUIDGID: "get_current_uid_gid"
    case .getCurrentComm: "get_current_comm"
    case .getCurrentTask: "get_current_task"
    case .probeWriteUser: "probe_write_user"
    case .currentTaskUnderCgroup: "current_task_under_cgroup"
    case .getNUMANodeID: "get_numa_node_id"
    case .getSocketCookie: "get_socket_cookie"
    case .dPath: "d_path"
    case .skbOutput: "skb_output"
    case .overrideReturn: "override_return"
    case .getStack: "get_stack"
    case .getCurrentCgroupID: "get_current_cgroup_id"
    case .sendSignal: "send_signal"
    case .probeReadUser: "probe_read_user"
    case .probeReadKernel: "probe_read_kernel"
    case .probeReadUserString: "probe_read_user_str"
    case .probeReadKernelString: "probe_read_kernel_str"
    case .sendSignalToThread: "send_signal_thread"
    case .getJiffies: "jiffies64"
    case .getPIDTGIDInNamespace: "get_ns_current_pid_tgid"
    case .ktimeGetBootNanoseconds: "ktime_get_boot_ns"
    case .sequencePrint: "seq_printf"
    case .sequenceWrite: "seq_write"
    case .ringbufReserve: "ringbuf_reserve"
    case .ringbufSubmit: "ringbuf_submit"
    case .ringbufDiscard: "ringbuf_discard"
    case .getCurrentTaskBTF: "get_current_task_btf"
    case .forEachMapElement: "for_each_map_elem"
    case .getFunctionIP: "get_func_ip"
    case .getAttachCookie: "get_attach_cookie"
    case .loop: "loop"
    case .ktimeGetTAINanoseconds: "ktime_get_tai_ns"
    }
  }

  /// The types of the parameters and of the result, as programs call it.
  public var signature: (parameters: [IRType], result: IRType) {
    switch self {
    case .mapLookupElement: ([.pointer, .pointer], .pointer)
    case .mapUpdateElement: ([.pointer, .pointer, .pointer, .i64], .i64)
    case .mapDeleteElement: ([.pointer, .pointer], .i64)
    case .ktimeGetNanoseconds, .ktimeGetBootNanoseconds, .getCurrentPIDTGID, .getCurrentUIDGID,
      .getCurrentTask, .getCurrentCgroupID, .getJiffies, .ktimeGetTAINanoseconds:
      ([], .i64)
    case .getPrandomU32, .getSMPProcessorID, .getNUMANodeID: ([], .i32)
    case .sendSignal, .sendSignalToThread: ([.i32], .i64)
    case .overrideReturn: ([.pointer, .i64], .i64)
    case .probeWriteUser: ([.i64, .pointer, .i32], .i64)
    case .getPIDTGIDInNamespace: ([.i64, .i64, .pointer, .i32], .i64)
    case .getCurrentComm, .currentTaskUnderCgroup: ([.pointer, .i32], .i64)
    case .probeReadUser, .probeReadKernel, .probeReadUserString, .probeReadKernelString:
      ([.pointer, .i32, .i64], .i64)
    case .getStack: ([.pointer, .pointer, .i32, .i64], .i64)
    case .sequencePrint: ([.pointer, .pointer, .i32, .pointer, .i32], .i64)
    case .sequenceWrite: ([.pointer, .pointer, .i32], .i64)
    case .ringbufReserve: ([.pointer, .i64, .i64], .pointer)
    case .ringbufSubmit, .ringbufDiscard: ([.pointer, .i64], .i64)
    case .getCurrentTaskBTF: ([], .pointer)
    case .forEachMapElement: ([.pointer, .pointer, .pointer, .i64], .i64)
    case .loop: ([.i64, .pointer, .pointer, .i64], .i64)
    case .getFunctionIP, .getAttachCookie, .getSocketCookie: ([.pointer], .i64)
    case .dPath: ([.pointer, .pointer, .i32], .i64)
    case .skbOutput: ([.pointer, .pointer, .i64, .pointer, .i64], .i64)
    }
  }
}

extension Helper {

  /// `true` iff the helper returns a negative number when it fails.
  public var canFail: Bool {
    switch self {
    case .mapUpdateElement, .mapDeleteElement, .probeReadUser, .probeReadKernel, .probeReadUserString,
      .probeReadKernelString, .probeWriteUser, .dPath, .skbOutput, .sendSignal, .sendSignalToThread,
      .overrideReturn,
      .getStack:
      true
    default: false
    }
  }

}
