import Probes
import Types

/// The names that `probe` and `func` can have; each name stands there once.
struct ProbeTable {

  /// The names in the order of the script.
  private(set) var descriptions: [ProbeDescription] = []

  /// For each name the index of the first one in the same function.
  private(set) var functionIndices: [Int] = []

  /// The indices by name.
  private var indices: [String: Int] = [:]

  /// Creates the table of the names of `points`.
  init(of points: [AttachPoint]) {
    var firstInFunction: [String: Int] = [:]
    for point in points where indices[point.name] == nil {
      let index = descriptions.count
      indices[point.name] = index
      descriptions.append(ProbeDescription(name: point.name, function: point.function))
      let first = firstInFunction[point.function] ?? index
      if first != index { functionsAreDistinct = false }
      firstInFunction[point.function] = first
      functionIndices.append(first)
    }
  }

  /// Creates the table of probes that programs know by their numbers in `descriptions`.
  init(naming descriptions: [ProbeDescription]) {
    self.descriptions = descriptions
    for (index, description) in descriptions.enumerated() where indices[description.name] == nil {
      indices[description.name] = index
    }
  }

  /// Adds the probe at `point` unless it has a number.
  mutating func add(_ point: AttachPoint) {
    if indices[point.name] != nil { return }
    indices[point.name] = descriptions.count
    descriptions.append(ProbeDescription(name: point.name, function: point.function))
  }

  /// `true` iff no two names are in the same function, so that the index of a name serves as that of its function.
  private(set) var functionsAreDistinct = true

  /// Returns the index of the name of `point`, which is in the table.
  func index(of point: AttachPoint) -> Int {
    guard let index = indices[point.name] else { preconditionFailure("a probe that is not in the table") }
    return index
  }

  /// Returns the index of `name`, nil if it is not in the table.
  func index(ofProbe name: String) -> Int? { indices[name] }

  /// Returns the index by which the function `name` is known, nil if it is not in the table.
  func index(ofFunction name: String) -> Int? { descriptions.firstIndex { $0.function == name } }

}
