/// The names of the language's builtins that this version lacks.
enum UnsupportedNames {

  /// Those that stand without parentheses.
  static let values: Set<String> = ["kstack", "ustack", "cgroup_id", "stack"]

  /// Those that are called.
  static let functions: Set<String> = [
    "bswap", "buf", "cat", "cgroup_path", "cgroupid", "errorf", "join", "kaddr", "kfunc_allowed", "ksym",
    "macaddr", "memcmp", "ntop", "path", "percpu_kaddr", "pton",
    "signal_name", "skboutput", "socket_cookie", "strerror", "strftime", "syscall_name", "system",
    "table", "uaddr", "usym", "warnf",
  ]

  /// Returns `true` iff this version lacks the builtin `name`.
  static func contains(_ name: String) -> Bool { values.contains(name) || functions.contains(name) }

}
