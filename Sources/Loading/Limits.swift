import Glibc

/// The limits of the process.
enum Limits {

  /// Raises the number of files that may be open to `count`, as far as that is allowed.
  static func allowOpenFiles(_ count: Int) {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < count else { return }
    limit.rlim_cur = rlim_t(count)
    limit.rlim_max = max(limit.rlim_max, limit.rlim_cur)
    if setrlimit(resource, &limit) == 0 { return }
    // More than the hard limit is for the privileged only.
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(resource, &limit)
  }

}
