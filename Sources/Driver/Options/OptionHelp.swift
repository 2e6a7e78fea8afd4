/// What `-h` prints, made from the table of options.
enum OptionHelp {

  /// The whole text.
  static var text: String { usage + options + examples }

  /// How the program is called.
  private static let usage = """
    apus watches what a Linux system does, as a program in the language of bpftrace says.

    usage: apus [OPTION]... FILE [PARAMETER]...
           apus [OPTION]... -e 'PROGRAM' [PARAMETER]...
           apus [-v] -l [PATTERN | FILE]

    A FILE of '-' is standard input. Parameters are $1, $2 ... in the script; what it asks for with
    getopt("name") is given as --name=VALUE behind it, and --help there lists such options.

    options:

    """

  /// One paragraph for each option that this version has.
  private static var options: String {
    var result = ""
    for row in OptionRow.all where !row.help.isEmpty {
      let heading = row.names.joined(separator: ", ") + (row.argument.map { " \($0)" } ?? "")
      // A heading that is too long has a line of its own.
      let isLong = heading.count > 17
      if isLong { result += "  \(heading)\n" }
      for (i, line) in row.help.enumerated() {
        let left = i == 0 && !isLong ? heading : ""
        result += "  " + left + String(repeating: " ", count: max(1, 18 - left.count)) + line + "\n"
      }
    }
    return result
  }

  /// What a newcomer tries first.
  private static let examples = """

    examples:
      apus -l 'tracepoint:syscalls:*open*'
          list the probes whose names hold 'open'
      apus -e 'tracepoint:syscalls:sys_enter_openat { printf("%s %s\\n", comm, str(args.filename)); }'
          show who opens which file
      apus -e 'kprobe:tcp_* /comm == "smbd"/ { @[probe] = count(); } interval:s:10 { exit(); }'
          find out which TCP functions smbd uses

    exit status: 0 or what exit(n) gave; 1 for an error before tracing

    """

}
