/// The names of the language's builtins that this version lacks.
enum UnsupportedNames {

  /// Those that stand without parentheses.
  static let values: Set<String> = ["kstack", "ustack", "cgroup_id", "stack"]

  /// Those that are called.
  static let functions: Set<String> = [
    "assert", "assert_str", "bswap", "buf", "cat", "cgroup_path", "cgroupid", "clear_screen",
    "default_str_length", "errorf", "fail", "is_array", "is_err", "is_integer",
    "is_literal", "is_ptr", "is_str", "join", "kaddr", "kfunc_allowed", "kfunc_exist", "ksym",
    "macaddr", "memcmp", "ntop", "path", "percpu_kaddr", "pton",
    "signal_name", "skboutput", "socket_cookie", "static_assert",
    "strerror", "strftime", "syscall_name", "system",
    "table", "uaddr", "unwatch", "usym", "warnf",
  ]

  /// Returns `true` iff this version lacks the builtin `name`.
  static func contains(_ name: String) -> Bool { values.contains(name) || functions.contains(name) }

}
