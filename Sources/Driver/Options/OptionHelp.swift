import Manuals

/// What explains the command line, made from the table of options.
enum OptionHelp {

  /// What `-h` prints.
  static var text: String { manual.help }

  /// What `-h` and the man page say.
  static var manual: Manual {
    Manual(
      name: "apus",
      summary: "watch what a Linux system does, as a program in the language of bpftrace says",
      usages: [
        "apus [OPTION]... FILE [PARAMETER]...", "apus [OPTION]... -e 'PROGRAM' [PARAMETER]...",
        "apus [OPTION]... TOOL [ARGUMENT]...", "apus build -o FILE [OPTION]... SCRIPT [PARAMETER]...",
        "apus service install [--now] [--name NAME] [OPTION]... SCRIPT [PARAMETER]...",
        "apus service show|uninstall SCRIPT",
        "apus [-v] -l [PATTERN | FILE | TOOL]",
        "apus tools [--show TOOL | --man TOOL]",
      ],
      description: [
        .text(
          """
          A FILE of '-' is standard input. Parameters are $1, $2 ... in the script; what it asks for with getopt("name") is given as \
          --name=VALUE behind it, and --help there lists such options. A TOOL is a script that comes with apus: 'apus tools' lists them, \
          and 'apus TOOL --help' explains one. 'apus build' compiles a script into a FILE, which 'apus FILE' runs, here or on other \
          machines, without compiling it; parameters and options for the script are fixed then. 'apus service install' lets systemd run a \
          script from now on, with no more privileges than it needs; 'show' prints the unit for that, 'uninstall' takes it back.
          """)
      ],
      options: OptionRow.all.filter { !$0.help.isEmpty }.map { row in
        Manual.Option(
          heading: row.names.joined(separator: ", ") + (row.argument.map { " \($0)" } ?? ""),
          text: row.help.joined(separator: " "))
      },
      sections: [
        .init(title: "Examples", paragraphs: examples),
        .init(
          title: "Exit status",
          paragraphs: [
            .text(
              """
              0 or what exit(n) gave; 1 for an error, or for a test that failed; with --strict, 3 if anything was lost, whatever \
              exit(n) gave.
              """)
          ]),
      ])
  }

  /// What a newcomer tries first.
  private static let examples: [Manual.Paragraph] = [
    .item(
      term: "apus -l 'tracepoint:syscalls:*open*'", text: "list the probes whose names hold 'open'"),
    .item(
      term:
        #"apus -e 'tracepoint:syscalls:sys_enter_openat { printf("%s %s\n", comm, str(args.filename)); }'"#,
      text: "show who opens which file"),
    .item(
      term: #"apus -e 'kprobe:tcp_* /comm == "smbd"/ { @[probe] = count(); } interval:s:10 { exit(); }'"#,
      text: "find out which TCP functions smbd uses"),
    .item(term: "apus opensnoop -p 42", text: "show which files the process 42 opens, by a tool"),
  ]

}
