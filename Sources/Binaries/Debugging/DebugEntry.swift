import CELF

/// An entry of debug information: a function, a type, a member …; valid as long as the information is open.
struct DebugEntry {

  /// libdw's view of the entry.
  private(set) var die: Dwarf_Die

  /// What the entry is about (`DW_TAG_…`).
  var tag: Int { Int(withDie { dwarf_tag($0) }) }

  /// The name, nil if it has none.
  var name: String? {
    guard let name = withDie({ dwarf_diename($0) }), name.pointee != 0 else { return nil }
    return String(cString: name)
  }

  /// What tells the entry from others.
  var identity: UInt { UInt(bitPattern: die.addr) }

  /// The number of bytes of a value of the type that the entry is, nil if it is not known.
  var size: Int? {
    let size = withDie { dwarf_bytesize($0) }
    return size < 0 ? nil : Int(size)
  }

  /// `true` iff the entry only says that there is such a thing.
  var isDeclaration: Bool { flag(DW_AT_declaration) }

  /// The type that the entry has or is derived from, nil for `void`.
  var type: DebugEntry? { entry(DW_AT_type) }

  /// Returns `true` iff the entry has the given flag.
  func flag(_ attribute: Int) -> Bool {
    guard var value = self.attribute(attribute) else { return false }
    var isSet = false
    return dwarf_formflag(&value, &isSet) == 0 && isSet
  }

  /// Returns the number that the entry has for `attribute`, nil if it has none.
  func number(_ attribute: Int) -> UInt64? {
    guard var value = self.attribute(attribute) else { return nil }
    var number: Dwarf_Word = 0
    return dwarf_formudata(&value, &number) == 0 ? number : nil
  }

  /// Returns the number, which may be negative, that the entry has for `attribute`, nil if it has none.
  func signedNumber(_ attribute: Int) -> Int64? {
    guard var value = self.attribute(attribute) else { return nil }
    var number: Dwarf_Sword = 0
    return dwarf_formsdata(&value, &number) == 0 ? number : nil
  }

  /// Returns the entry that the entry has for `attribute`, nil if it has none.
  func entry(_ attribute: Int) -> DebugEntry? {
    guard var value = self.attribute(attribute) else { return nil }
    var die = Dwarf_Die()
    return dwarf_formref_die(&value, &die) == nil ? nil : DebugEntry(die: die)
  }

  /// Returns what the entry, or the one that it completes, has for `attribute`.
  func attribute(_ attribute: Int) -> Dwarf_Attribute? {
    var result = Dwarf_Attribute()
    let isThere = withDie { dwarf_attr_integrate($0, UInt32(attribute), &result) != nil }
    return isThere ? result : nil
  }

  /// The entries within the entry, in order.
  var children: Children { Children(parent: self) }

  /// Returns `true` iff the code of the entry includes that at `address`.
  func hasCode(at address: UInt64) -> Bool { withDie { dwarf_haspc($0, address) } > 0 }

  /// The address of the first instruction, nil if the entry has no code.
  var firstAddress: UInt64? {
    var address: Dwarf_Addr = 0
    return withDie { dwarf_entrypc($0, &address) } == 0 ? address : nil
  }

  /// Returns what `body` makes of libdw's view of the entry.
  func withDie<Result>(_ body: (UnsafeMutablePointer<Dwarf_Die>) -> Result) -> Result {
    var copy = die
    return body(&copy)
  }

  /// The entries within another one, in order.
  struct Children: Sequence, IteratorProtocol {

    /// The one that was returned last, or the parent in front of the first one.
    private var last: DebugEntry?

    /// `true` iff none was returned yet.
    private var isAtStart = true

    /// Creates an instance for the entries within `parent`.
    init(parent: DebugEntry) { self.last = parent }

    /// Returns the next one, nil behind the last.
    mutating func next() -> DebugEntry? {
      var die = Dwarf_Die()
      let status = last?.withDie { isAtStart ? dwarf_child($0, &die) : dwarf_siblingof($0, &die) }
      isAtStart = false
      last = status == 0 ? DebugEntry(die: die) : nil
      return last
    }

  }

}
