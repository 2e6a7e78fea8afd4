import BPF
import Output

extension MapStore {

  /// Returns the elements of the map with the given index as others see them: with what was taken from it, if it holds sums.
  func servedContents(of index: Int) throws(SystemError) -> MapContents {
    guard var rows = retained[index], let handle = handles[index] else { return try contents(of: index) }
    if let alternating = alternating[index] {
      rows.add(try alternating.elements(), areSums: true)
    } else {
      rows.add(try elements(of: index, handle), areSums: true)
    }
    return contents(index, rows.elements(of: handle, areSums: true))
  }

}
