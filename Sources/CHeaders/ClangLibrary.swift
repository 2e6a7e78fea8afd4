internal import CClang
import Glibc

/// libclang, opened.
final class ClangLibrary {

  /// Its functions.
  let functions: CClangLibrary

  /// The library, opened at most once; nil if it is not installed.
  ///
  /// It is never closed: its threads and tables live as long as the process.
  nonisolated(unsafe) static let shared = ClangLibrary()

  /// Opens the newest version that is known to be installed, nil if there is none.
  private init?() {
    var functions = CClangLibrary()
    for path in ClangLibrary.paths where cclang_open(path, &functions) != 0 {
      self.functions = functions
      return
    }
    return nil
  }

  /// The files that may be the library, those beside their own headers (`stddef.h`) first.
  private static var paths: [String] {
    let versions = Array((11...22).reversed()).sorted { ($0 == 19 ? 0 : 1, -$0) < ($1 == 19 ? 0 : 1, -$1) }
    let folders = versions.flatMap {
      ["/usr/lib/llvm-\($0)/lib/libclang-\($0).so.1", "/usr/lib/llvm-\($0)/lib/libclang.so.1"]
    }
    let names = versions.flatMap { ["libclang-\($0).so.\($0)", "libclang-\($0).so.1", "libclang.so.\($0)"] }
    return folders.filter { access($0, R_OK) == 0 } + names + ["libclang.so.1", "libclang.so"]
  }

  /// Returns the text of `string`, which is given back.
  func text(_ string: CClangString) -> String {
    defer { functions.disposeString(string) }
    return functions.getCString(string).map { String(cString: $0) } ?? ""
  }

}
