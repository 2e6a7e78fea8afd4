import Kernel
import Types

extension RecordedKernel {

  /// The structures that builtins look into.
  static let layouts: [StructureName: StructureLayout] = [
    StructureName(.struct, "task_struct"): StructureLayout(
      size: 9792,
      members: [
        .init(name: "pid", type: .int32, offset: 2400), .init(name: "tgid", type: .int32, offset: 2404),
        .init(name: "real_parent", type: pointer(to: "task_struct"), offset: 2416),
        .init(name: "group_leader", type: pointer(to: "task_struct"), offset: 2472),
        .init(name: "comm", type: .array(of: character, count: 16), offset: 3000),
        .init(name: "nsproxy", type: pointer(to: "nsproxy"), offset: 3072),
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
  private static func pointer(to tag: String) -> Type {
    .pointer(to: .structure(StructureType(StructureName(.struct, tag))), .kernel)
  }

}
