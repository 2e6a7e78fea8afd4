/// The files that places in stored values are in, each written once.
///
/// An encoder or decoder of values with places has it among what values may ask for. After everything was encoded, `files` are
/// what has to be stored beside it.
public final class SourceTable {

  /// What a coder calls the table.
  public static let key = CodingUserInfoKey(rawValue: "sources").unsafelyUnwrapped

  /// The files so far.
  public private(set) var files: [SourceFile]

  /// The places of the files among `files`.
  private var indices: [SourceFile: Int] = [:]

  /// Creates a table of `files`.
  public init(_ files: [SourceFile] = []) {
    self.files = files
    for (index, file) in files.enumerated() { indices[file] = index }
  }

  /// Returns the number of `file`, which it gets if it has none.
  public func index(of file: SourceFile) -> Int {
    if let index = indices[file] { return index }
    indices[file] = files.count
    files.append(file)
    return files.count - 1
  }

}

/// Why a place in a script cannot be stored or read.
public enum SourceTableFault: Error, Hashable, Sendable {

  /// The coder has no table.
  case noTable

  /// The place is outside of the files of the table.
  case outside

}

extension SourceSpan: Codable {

  /// What is stored of a place.
  private enum CodingKeys: CodingKey { case file, start, length, expansion }

  /// Writes the number of the file in the encoder's table, and where in it the place is.
  public func encode(to encoder: any Encoder) throws {
    guard let table = encoder.userInfo[SourceTable.key] as? SourceTable else {
      throw SourceTableFault.noTable
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(table.index(of: file), forKey: .file)
    try container.encode(start, forKey: .start)
    try container.encode(end - start, forKey: .length)
    try container.encodeIfPresent(expansion, forKey: .expansion)
  }

  /// Reads a place in a file of the decoder's table.
  public init(from decoder: any Decoder) throws {
    guard let table = decoder.userInfo[SourceTable.key] as? SourceTable else {
      throw SourceTableFault.noTable
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let index = try container.decode(Int.self, forKey: .file)
    let start = try container.decode(Int.self, forKey: .start)
    let length = try container.decode(Int.self, forKey: .length)
    let expansion = try container.decodeIfPresent(Expansion.self, forKey: .expansion)
    guard table.files.indices.contains(index) else { throw SourceTableFault.outside }
    let size = table.files[index].text.count
    guard start >= 0, length >= 0, start <= size, length <= size - start else {
      throw SourceTableFault.outside
    }
    self.init(table.files[index], from: start, to: start + length, in: expansion)
  }

}
