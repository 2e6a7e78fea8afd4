import CLinux
import Glibc

/// The terminal that output goes to, if it goes to one.
struct Terminal {

  /// The number of the open file that output goes to, nil for none.
  let descriptor: Int32?

  /// `true` iff that file is a terminal.
  var isThere: Bool { descriptor.map { isatty($0) == 1 } ?? false }

  /// The number of columns that it has now, nil if there is no terminal or it does not tell.
  var width: Int? {
    guard let descriptor else { return nil }
    let width = clinux_terminal_width(descriptor)
    return width > 0 ? Int(width) : nil
  }

}
