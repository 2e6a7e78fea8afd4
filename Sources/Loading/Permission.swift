import BPF

/// Throws iff the process lacks the capabilities that tracing needs.
func checkPermission() throws(LoadError) {
  let missing = Capabilities.missingForTracing()
  if !missing.isEmpty { throw .notPermitted(missing: missing) }
}
