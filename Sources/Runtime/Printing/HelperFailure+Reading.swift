import Glibc
import Output
import Types

extension HelperFailure {

  /// Creates the `count`th failure at `site`, with the words of the system for `code`.
  init(_ site: HelperSite, code: Int64, count: UInt64) {
    // Helpers return small numbers; of others the system has no words.
    let number = Int32(truncatingIfNeeded: max(-4095, code)).magnitude
    self.init(
      site: site, code: code, message: String(cString: strerror(Int32(truncatingIfNeeded: number))),
      count: count)
  }

}
