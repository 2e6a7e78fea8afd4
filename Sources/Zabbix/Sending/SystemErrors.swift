import Glibc

/// Returns what the system says about the error `number`, in lower case.
func text(ofError number: Int32) -> String {
  let text = String(cString: strerror(number))
  return text.prefix(1).lowercased() + text.dropFirst()
}
