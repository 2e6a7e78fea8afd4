/// The names of units of systemd.
public enum UnitName {

  /// Returns the name of the unit that runs the script called `script`, which holds letters, digits and `._-` only, see
  /// systemd.unit(5).
  public static func unit(running script: String) -> String {
    let allowed = script.unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": Character(scalar)
      default: "-"
      }
    }
    return prefix + String(allowed) + suffix
  }

  /// Returns what a service for the script in the file at `path` is called: the file's name without its folder and `.bt`.
  public static func service(forScriptAt path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".bt") && name.utf8.count > 3 ? String(name.dropLast(3)) : name
  }

  /// `true` iff a service can be called `name`: it is not empty, not too long for a file, and holds nothing that a unit's name
  /// cannot.
  public static func isUsable(_ name: String) -> Bool {
    let unit = unit(running: name)
    return !name.isEmpty && unit == prefix + name + suffix && unit.utf8.count <= maximumLength
  }

  /// What the names of our units begin with.
  private static let prefix = "apus-"

  /// What the names of services end with.
  private static let suffix = ".service"

  /// The greatest number of bytes of a unit's name: `UNIT_NAME_MAX` of systemd's `src/basic/unit-name.h` is 256, with the zero byte.
  private static let maximumLength = 255

}
