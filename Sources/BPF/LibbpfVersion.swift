import CBPF

/// The version of libbpf, such as `1.1`.
public var libbpfVersion: String { "\(libbpf_major_version()).\(libbpf_minor_version())" }
