import Kernel

/// Returns the types of `kernel` that `pattern` denotes, in C: `struct sock`, `union b*`, `enum pid_type`; nil if it is no
/// pattern for types.
///
/// With definitions, each is shown whole.
func listTypes(
  matching pattern: String, withDefinitions: Bool, on kernel: any KernelView
) -> ProbeListing? {
  let words = pattern.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
  let kinds: [String: DescribedKind] = ["struct": .structure, "union": .union, "enum": .enumeration]
  guard words.count == 2, let kind = kinds[words[0]] else { return nil }
  var names = [words[1]]
  if Wildcard.isPattern(words[1]) {
    let wanted = Wildcard(words[1])
    let places = [nil] + kernel.describedModules.map { $0 }
    names = Set(places.flatMap { kernel.describedNames(kind, startingWith: "", in: $0) })
      .filter { wanted.matches($0) }.sorted()
  }
  var listing = ProbeListing()
  for name in names {
    guard withDefinitions || names.count == 1 else {
      listing.entries.append(.init(name: "\(words[0]) \(name)", arguments: []))
      continue
    }
    guard let definition = kernel.definition(kind, named: name) else { continue }
    let shown = withDefinitions ? definition : "\(words[0]) \(name)"
    listing.entries.append(.init(name: shown, arguments: []))
  }
  return listing
}
