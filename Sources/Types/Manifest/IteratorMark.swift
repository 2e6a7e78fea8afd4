/// What an iterator writes for each object that its program has run for.
public enum IteratorMark {

  /// The number of bytes.
  public static let size = 8

}
