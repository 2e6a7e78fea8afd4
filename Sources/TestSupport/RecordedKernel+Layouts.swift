import Kernel
import Types

extension RecordedKernel {

  /// The structures that builtins look into.
  static let layouts: [StructureName: StructureLayout] = [
    StructureName(.struct, "task_struct"): StructureLayout(
      size: 9792,
      members: [
        .init(name: "pid", type: .int32, offset: 2400), .init(name: "tgid", type: .int32, offset: 2404),
        .init(name: "real_parent", type: pointer(to: "task_struct"), offset: 2416, isTracked: true),
        .init(name: "group_leader", type: pointer(to: "task_struct"), offset: 2472, isTracked: true),
        .init(name: "comm", type: .array(of: character, count: 16), offset: 3000),
        .init(name: "nsproxy", type: pointer(to: "nsproxy"), offset: 3072, isTracked: true),
      ]),
    StructureName(.struct, "sock"): StructureLayout(
      size: 760,
      members: [
        .init(
          name: "__sk_common",
          type: .structure(StructureType(StructureName(.struct, "sock_common"), size: 136, alignment: 8)),
          offset: 0),
        .init(name: "sk_rcvbuf", type: .int32, offset: 304),
      ]),
    StructureName(.struct, "sock_common"): StructureLayout(
      size: 136,
      members: [
        .init(name: "skc_daddr", type: .uint32, offset: 0),
        .init(name: "skc_family", type: .integer(IntegerType(width: 16, isSigned: false)), offset: 16),
        .init(
          name: "skc_reuse", type: .integer(IntegerType(width: 8, isSigned: false)), offset: 19,
          bits: .init(offset: 0, width: 4)),
        .init(name: "skc_prot", type: pointer(to: "proto"), offset: 40, isTracked: true),
      ]),
    StructureName(.struct, "proto"): StructureLayout(
      size: 512, members: [.init(name: "name", type: .array(of: character, count: 32), offset: 408)]),
    StructureName(.struct, "bpf_iter_meta"): StructureLayout(
      size: 24,
      members: [
        .init(name: "seq", type: pointer(to: "seq_file"), offset: 0, isTracked: true),
        .init(name: "session_id", type: .uint64, offset: 8),
        .init(name: "seq_num", type: .uint64, offset: 16),
      ]),
    StructureName(.struct, "bpf_iter__task"): StructureLayout(
      size: 16,
      members: [
        .init(name: "meta", type: pointer(to: "bpf_iter_meta"), offset: 0, isTracked: true),
        .init(name: "task", type: pointer(to: "task_struct"), offset: 8, isTracked: true),
      ]),
    StructureName(.struct, "nsproxy"): StructureLayout(
      size: 72,
      members: [
        .init(name: "mnt_ns", type: pointer(to: "mnt_namespace"), offset: 24),
        .init(name: "net_ns", type: pointer(to: "net"), offset: 40),
      ]),
    StructureName(.struct, "mnt_namespace"): StructureLayout(
      size: 248,
      members: [
        .init(
          name: "ns",
          type: .structure(StructureType(StructureName(.struct, "ns_common"), size: 24, alignment: 8)),
          offset: 0)
      ]
    ),
    StructureName(.struct, "net"): StructureLayout(
      size: 4096,
      members: [
        .init(
          name: "ns",
          type: .structure(StructureType(StructureName(.struct, "ns_common"), size: 24, alignment: 8)),
          offset: 120)
      ]),
    StructureName(.struct, "ns_common"): StructureLayout(
      size: 24, members: [.init(name: "inum", type: .uint32, offset: 16)]),
  ]

  /// Returns the type of pointers to the structure with the given tag.
  static func pointer(to tag: String) -> Type {
    .pointer(to: .structure(StructureType(StructureName(.struct, tag))), .kernel)
  }

}
