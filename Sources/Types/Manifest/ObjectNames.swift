/// Names that the compiled object and the process that loads it agree on.
///
/// Those of ours have a dot, which no name in a script and none in C has, and are at most 15 characters long, as the kernel's
/// names of maps are.
public enum ObjectNames {

  /// The name of the object, with which libbpf begins the names of the maps of its sections: `apus.data`, `apus.rodata`.
  public static let object = "apus"

  /// The ring buffer map, which only scripts with events have.
  public static let ringBuffer = "apus.events"

  /// The map by which packets are sent, which only scripts that write packets have.
  public static let packets = "apus.packets"

  /// The per-CPU array with one entry of scratch memory for each program that needs any, if one does.
  public static let scratch = "apus.scratch"

  /// The map that `StackStorage` describes, which only scripts with stacks have.
  public static let stacks = "apus.stacks"

  /// The map `@`, whose name in the script says nothing.
  public static let namelessMap = "apus.map"

  /// The section of the variable that `GlobalsLayout` describes.
  public static let globals = ".data"

  /// The name of that variable.
  public static let globalsVariable = "apus.globals"

  /// The section of constants.
  public static let constants = ".rodata"

  /// The name of the variable that holds them.
  public static let constantsVariable = "apus.constants"

}
