import BPF

/// Throws iff the process lacks the capabilities that tracing needs.
func checkPermission() throws(LoadError) {
  let missing = Capabilities.missingForTracing()
  if !missing.isEmpty { throw .notPermitted(missing: missing) }
}

/// Returns what it means that the kernel refused a call with `error` for lack of permission, and what to do about it; `others` is
/// what else may be the cause.
func permissionReason(
  _ error: SystemError, otherwise others: String = "the kernel may be locked down"
) -> (text: String, hint: String?) {
  guard error.call == "perf_event_open", let level = PerfEvent.paranoia(), level > 2 else {
    return ("it is not permitted", others)
  }
  // Debian's and others' kernels have levels at which CAP_PERFMON does not suffice.
  return (
    "the kernel lets root alone do that: 'kernel.perf_event_paranoid' is \(level)",
    "run the command with 'sudo', or let CAP_PERFMON suffice with 'sysctl kernel.perf_event_paranoid=2'"
  )
}
