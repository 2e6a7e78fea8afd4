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
    return "apus-" + String(allowed) + ".service"
  }

}
