import Binaries
import Testing

/// Names as they are written for names as symbols have them.
@Suite struct ManglingTests {

  @Test(arguments: [
    ("_ZN3foo3barEi", "foo::bar(int)", "foo::bar"),
    (
      "_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int>>::push_back(int const&)",
      "std::vector<int, std::allocator<int>>::push_back"
    ),
    (
      "_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", "core::fmt::Formatter::pad",
      "core::fmt::Formatter::pad"
    ),
    (
      "_ZN50_$LT$T$u20$as$u20$core..convert..From$LT$T$GT$$GT$4from17h0123456789abcdefE",
      "<T as core::convert::From<T>>::from", "<T as core::convert::From<T>>::from"
    ),
    ("_RNvC6_123foo3bar", "123foo::bar", "123foo::bar"),
    ("$s4main3addyS2i_SitF", "main.add(Swift.Int, Swift.Int) -> Swift.Int", "main.add"),
  ])
  func names(symbol: String, name: String, plain: String) {
    #expect(Mangling.name(of: symbol) == name)
    #expect(Mangling.name(of: symbol, showsParameters: false) == plain)
  }

  @Test(arguments: ["malloc", "_start", "_Z", "_Zxyzzy", "_R", "$", "", "_ZN", "$sxyzzy_", "_T"])
  func otherSymbolsStandForNothing(symbol: String) {
    #expect(Mangling.name(of: symbol) == nil)
  }

  @Test func trapsDoNotEndTheProcess() {
    for prefix in ["_Z1fP", "_R", "$s"] {
      for filler in ["P", "S_", "I", "TE", "N"] {
        _ = Mangling.name(of: prefix + String(repeating: filler, count: 4000 / filler.utf8.count))
      }
    }
    #expect(Mangling.name(of: "_Z1f" + String(repeating: "P", count: 100_000) + "i") == nil)
  }

}
