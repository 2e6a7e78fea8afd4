import Kernel
import Syntax

/// A line of the source of a program or a library, as a probe names it: `path@file.c:12`.
struct SourceLine {

  /// The program or library.
  let binary: Name

  /// The end of the path of the source file.
  let file: String

  /// The line, counted from 1.
  let number: Int

  /// Creates the line that the parts `place`, `path@file.c`, and `line` of a probe denote; nil if they denote none.
  init?(_ place: Name, _ line: Name, on kernel: any KernelView) {
    guard let number = Int(line.text), number > 0, let at = place.text.lastIndex(of: "@") else { return nil }
    let (path, file) = (String(place.text[..<at]), String(place.text[place.text.index(after: at)...]))
    // Paths may have the sign themselves: what is there is meant.
    if path.isEmpty || file.isEmpty || (try? kernel.binaries.binaries(named: place.text)) != nil {
      return nil
    }
    self.binary = Name(path, at: place.site)
    self.file = file
    self.number = number
  }

}
