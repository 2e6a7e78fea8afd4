import Manuals

/// What explains `apus service`.
enum ServiceHelp {

  /// What `apus service --help` prints.
  static let text = Manual(
    name: "apus service", summary: "let systemd run scripts",
    usages: [
      "apus service install [--now] [--name NAME] [OPTION]... SCRIPT [PARAMETER]...",
      "apus service show [--name NAME] [OPTION]... SCRIPT [PARAMETER]...",
      "apus service uninstall SCRIPT...",
    ],
    description: [
      .text(
        """
        A service starts with the machine, is ready when everything is attached, and is started again when it fails. It may do what \
        the script needs and no more, which is found out when it is installed: the script is compiled then. 'show' prints the unit and \
        installs nothing. The script stays where it is; 'systemctl restart' has a changed one take effect. OPTION is any option of \
        apus that a script is run with, and SCRIPT may be a tool, a file of 'apus build', or -e 'PROGRAM'.
        """)
    ],
    options: OptionRow.serviceRows.map { row in
      Manual.Option(
        heading: row.names.joined(separator: ", ") + (row.argument.map { " \($0)" } ?? ""),
        text: row.help.joined(separator: " "))
    },
    sections: [
      .init(
        title: "Examples",
        paragraphs: [
          .item(
            term: "apus service install --now --metrics 9400 /etc/apus/traffic.bt",
            text: "serve what a script counts, from now on"),
          .item(term: "apus service show tcpdrop", text: "print the unit that would run a tool"),
          .item(term: "apus service uninstall traffic", text: "stop the first one for good"),
        ])
    ]
  ).help

}
