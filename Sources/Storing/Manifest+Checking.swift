import Probes
import Syntax
import Types

extension Manifest {

  /// Returns `true` iff the numbers in the manifest and in `plan` mean something: what was stored may have been changed.
  func fits(_ plan: AttachPlan) -> Bool {
    maps.allSatisfy(\.isSound) && events.allSatisfy { $0.isSound(besides: maps.count) }
      && types.structures.values.allSatisfy { layout in
        layout.size >= 0
          && layout.members.allSatisfy {
            $0.type.isSound() && Bounds.sizes.contains($0.offset) && $0.bits?.isSound ?? true
          }
      }
      && (0...Bounds.size).contains(globals.size)
      && globals.allOffsets.allSatisfy { $0 >= 0 && $0 <= globals.size - 8 }
      && maps.allSatisfy { ($0.twin?.selectorOffset).map { $0 >= 0 && $0 <= globals.size - 8 } ?? true }
      && helperSites.allSatisfy { site in
        [site.countOffset, site.codeOffset].allSatisfy { $0 >= 0 && $0 <= globals.size - 8 }
      }
      && plan.programs.allSatisfy { program in
        !program.points.isEmpty && program.points.allSatisfy { probes.indices.contains($0.probeIndex) }
      }
      && Bounds.sizes.contains(ringBufferSize) && Bounds.sizes.contains(maximumStringLength)
      && Bounds.sizes.contains(maximumCatBytes)
      && stacks.map { Bounds.sizes.contains($0.frameBytes) && Bounds.sizes.contains($0.capacity) } ?? true
  }

}

extension PlanRecipe {

  /// Returns `true` iff the recipe is one for `plan`.
  func fits(_ plan: AttachPlan) -> Bool {
    programs.count == plan.programs.count && programs.allSatisfy { blocks.indices.contains($0.block) }
      && blocks.allSatisfy { block in block.specs.allSatisfy { !$0.parts.isEmpty } }
  }

}

/// Limits of stored numbers, beyond all that scripts make.
private enum Bounds {

  /// The greatest size of anything, in bytes or elements.
  static let size = 1 << 30

  /// Sizes.
  static let sizes = 0...size

}

extension GlobalsLayout {

  /// Where words are that user space reads.
  fileprivate var allOffsets: [Int] {
    refusedUpdates + Array(words.values) + Array(lostEventCounts.values) + Array(runsWithoutMemory.values)
  }

}

extension StructureLayout.BitField {

  /// `true` iff there is room for the bits in a word.
  fileprivate var isSound: Bool { (0...64).contains(offset) && (0...64).contains(width) }

}

extension Type {

  /// Returns `true` iff the type has a size, within bounds, or has none because it means nothing to have one, where it is
  /// within `depth` others.
  fileprivate func isSound(within depth: Int = 0) -> Bool { soundSize(within: depth) != nil }

  /// Returns the size, 0 for what has none; nil if that is out of bounds, or types are nested without end.
  private func soundSize(within depth: Int) -> Int? {
    if depth > 64 { return nil }
    /// Returns `size` if it is within bounds.
    func bounded(_ size: Int) -> Int? { Bounds.sizes.contains(size) ? size : nil }
    /// Returns the size of `types` with the greatest gaps that there can be between them.
    func sum(_ types: [Type]) -> Int? {
      var total = 0
      for type in types {
        guard let size = type.soundSize(within: depth + 1), let sum = bounded(total + size + 8) else {
          return nil
        }
        total = sum
      }
      return total
    }
    switch self {
    case .none: return 0
    case .string(let capacity), .buffer(let capacity): return bounded(capacity)
    case .structure(let type):
      return [1, 2, 4, 8, 16, 32, 64, 128, 256, 4096].contains(type.alignment) ? bounded(type.size ?? 0) : nil
    case .pointer(let target, _): return target.soundSize(within: depth + 1) == nil ? nil : 8
    case .array(let element, let count):
      guard let size = element.soundSize(within: depth + 1), bounded(count) != nil else { return nil }
      return bounded(max(size, 1) * count)
    case .tuple(let elements): return sum(elements)
    case .record(let fields): return sum(fields.map(\.type))
    default: return 24
    }
  }

}

extension EventDescription {

  /// Returns `true` iff fields are within the record, and what is done is done to one of `mapCount` maps.
  fileprivate func isSound(besides mapCount: Int) -> Bool {
    /// Returns `true` iff there is a map with the number `map`.
    func isMap(_ map: Int) -> Bool { (0..<mapCount).contains(map) }
    guard Bounds.sizes.contains(size),
      fields.allSatisfy({ field in
        field.type.isSound()
          && field.type.fixedSize.map { field.offset >= 0 && field.offset <= size - $0 } ?? false
      })
    else { return false }
    return switch action {
    case .printElement(let map, _), .printMap(let map, _, _), .printMapAndReset(let map, _, _, _),
      .clear(let map),
      .zero(let map):
      isMap(map)
    case .table(let table): table.columns.allSatisfy { isMap($0.map) && $0.divisor != 0 }
    default: true
    }
  }

}

extension MapDescription {

  /// `true` iff keys and values have sizes, and the buckets of aggregations are bounded.
  fileprivate var isSound: Bool {
    guard key.allSatisfy({ $0.isSound() && $0.fixedSize != nil }) else { return false }
    switch value {
    case .plain(let type): if !type.isSound() || type.fixedSize == nil { return false }
    case .aggregation(.histogram(let bits)): if !(0...5).contains(bits) { return false }
    case .aggregation(.linearHistogram(let minimum, let maximum, let step)):
      let (range, overflows) = maximum.subtractingReportingOverflow(minimum)
      if overflows || step <= 0 || range < 0 || range / step > Bounds.size
        || range.addingReportingOverflow(step).overflow
      {
        return false
      }
    case .aggregation(.timeSeries(let layout)):
      if layout.interval == 0 || !(1...Bounds.size).contains(layout.slotCount) { return false }
    case .aggregation: break
    }
    return switch storage {
    case .global(let offset, let presence):
      Bounds.sizes.contains(offset) && Bounds.sizes.contains(presence)
    case .perCPU: true
    case .dense(let count, _), .hash(_, let count): Bounds.sizes.contains(count)
    case .pinned(let map): Bounds.sizes.contains(map.keySize) && Bounds.sizes.contains(map.valueSize)
    }
  }

}
