extension Type: CustomStringConvertible {

  /// The type as scripts write it.
  public var description: String {
    switch self {
    case .none: "none"
    case .bool: "bool"
    case .integer(let type): type.description
    case .string(let capacity): "string[\(capacity)]"
    case .buffer(let capacity): "buffer[\(capacity)]"
    case .pointer(.none, _): "void *"
    case .pointer(let type, _): "\(type) *"
    case .array(let type, let count): "\(type)[\(count)]"
    case .structure(let type): type.name.description
    case .enumeration("", let type): type.description
    case .enumeration(let name, _): "enum \(name)"
    case .tuple(let types): "(" + types.map(\.description).joined(separator: ", ") + ")"
    case .record(let fields): "(" + fields.map { "\($0.name)=\($0.type)" }.joined(separator: ", ") + ")"
    case .probeName: "probe"
    case .functionName: "func"
    case .timestamp: "timestamp"
    case .kernelSymbol: "ksym"
    case .userSymbol: "usym"
    case .kernelStack(.bpftrace): "kstack"
    case .kernelStack(let mode): "kstack(\(mode.rawValue))"
    case .userStack(.bpftrace): "ustack"
    case .userStack(let mode): "ustack(\(mode.rawValue))"
    case .inet: "inet"
    case .macAddress: "macaddr"
    case .cgroupPath: "cgroup_path"
    case .username: "username"
    case .processName: "process_name"
    case .loadAverage: "loadavg"
    }
  }

  /// The type with an article, for messages: `a string`, `an integer`.
  public var articled: String {
    switch self {
    case .none: "nothing"
    case .bool: "a truth value"
    case .integer: "an integer"
    case .string: "a string"
    case .buffer: "a buffer"
    case .pointer: "a pointer"
    case .array: "an array"
    case .structure(let type): "a \(type.name.keyword.rawValue)"
    case .enumeration: "an enumeration"
    case .tuple: "a tuple"
    case .record: "a record"
    case .probeName: "a probe name"
    case .functionName: "a function name"
    case .timestamp: "a timestamp"
    case .kernelSymbol, .userSymbol: "a symbol"
    case .kernelStack, .userStack: "a stack"
    case .inet: "an IP address"
    case .macAddress: "an Ethernet address"
    case .cgroupPath: "a control group"
    case .username: "a user name"
    case .processName: "the name of a process"
    case .loadAverage: "the load of the machine"
    }
  }

}

extension StructureName: CustomStringConvertible {

  /// The name as scripts write it.
  public var description: String { "\(keyword.rawValue) \(tag)" }

}

extension IntegerType: CustomStringConvertible {

  /// The type as scripts write it.
  public var description: String { "\(isSigned ? "int" : "uint")\(width)" }

}
