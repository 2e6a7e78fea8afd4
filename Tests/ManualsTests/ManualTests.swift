import Testing

@testable import Manuals

/// Manuals made of comments, as help and as man pages.
@Suite struct ManualTests {

  /// A comment with everything that there can be.
  private static let comment = """
    #!/usr/bin/env apus
    // sample: show everything that can stand in a comment - and "how" it looks.
    // Usage: apus sample [OPTION…] FILE [interval [count]] [name...]
    //
    // A paragraph with a line that is longer than those of help are, so that it must be filled, and
    // another line of it.
    //
    //   a line  as it is
    //
    //     deeper
    //
    // .dots and 'quotes' at the start, a \\ in the middle, ümlaut.
    //
    // Columns:
    //   PID     the process
    //   LADDR   the address on this side, with the port, which is said at such length that it takes two
    //     lines
    //   SOMETHING-THAT-IS-VERY-LONG
    //     is explained below
    //
    // Examples:
    //   apus sample -n 5
    //     five of them
    //   apus sample
    //   apus sample -a   all of them
    //
    // Limits:
    //   None that are
    //   known.
    //
    //   But who knows?
    BEGIN { exit(); }
    // no part of it
    """

  /// The manual that the comment is, with two options.
  private var manual: Manual? {
    var manual = Manual(ofScript: Self.comment.utf8)
    manual?.options = [
      .init(heading: "-n, --top=NUMBER", text: "at most so many (default: 20)"),
      .init(heading: "--all", text: "all"),
    ]
    return manual
  }

  @Test func reading() throws {
    let manual = try #require(manual)
    #expect(manual.name == "sample")
    #expect(manual.summary == "show everything that can stand in a comment - and \"how\" it looks")
    #expect(manual.usages == ["apus sample [OPTION]... FILE [interval [count]] [name...]"])
    #expect(manual.parameters.map(\.name) == ["FILE", "interval", "count", "name"])
    #expect(manual.parameters.map(\.isOptional) == [false, true, true, true])
    #expect(manual.parameters.map(\.isRepeated) == [false, false, false, true])
    #expect(manual.sections.map(\.title) == ["Columns", "Examples", "Limits"])
    #expect(manual.description.count == 4)
    #expect(manual.sections[1].paragraphs.count == 3)
  }

  @Test func help() throws {
    #expect(
      try #require(manual).help == """
        sample: show everything that can stand in a comment - and "how" it looks

        usage: apus sample [OPTION]... FILE [interval [count]] [name...]

        A paragraph with a line that is longer than those of help are, so that it must
        be filled, and another line of it.

          a line  as it is

            deeper

        .dots and 'quotes' at the start, a \\ in the middle, ümlaut.

        options:
          -n, --top=NUMBER  at most so many (default: 20)
              --all         all

        columns:
          PID    the process
          LADDR  the address on this side, with the port, which is said at such length
                 that it takes two lines
          SOMETHING-THAT-IS-VERY-LONG
                 is explained below

        examples:
          apus sample -n 5
              five of them
          apus sample
          apus sample -a
              all of them

        limits:
          None that are known.

          But who knows?

        """)
  }

  @Test func page() throws {
    #expect(
      try #require(manual).page(version: "1.2") == #"""
        .TH APUS\-SAMPLE 8 "" "apus 1.2" apus
        .SH NAME
        apus\-sample \- show everything that can stand in a comment \- and \(dqhow\(dq it looks
        .SH SYNOPSIS
        apus sample [OPTION]... FILE [interval [count]] [name...]
        .SH DESCRIPTION
        A paragraph with a line that is longer than those of help are, so that it must be filled, and another line of it.
        .PP
        .RS 4
        .nf
        a line  as it is
        .fi
        .RE
        .PP
        .RS 4
        .nf
          deeper
        .fi
        .RE
        .PP
        \&.dots and \(aqquotes\(aq at the start, a \e in the middle, \[u00FC]mlaut.
        .SH OPTIONS
        .TP
        \fB\-n, \-\-top=NUMBER\fR
        at most so many (default: 20)
        .TP
        \fB\-\-all\fR
        all
        .SH COLUMNS
        .TP
        \fBPID\fR
        the process
        .TP
        \fBLADDR\fR
        the address on this side, with the port, which is said at such length that it takes two lines
        .TP
        \fBSOMETHING\-THAT\-IS\-VERY\-LONG\fR
        is explained below
        .SH EXAMPLES
        .TP
        \fBapus sample \-n 5\fR
        five of them
        .PP
        \fBapus sample\fR
        .TP
        \fBapus sample \-a\fR
        all of them
        .SH LIMITS
        None that are known.
        .PP
        But who knows?
        .SH "SEE ALSO"
        .BR apus (8)

        """#)
  }

  /// What is no such comment is none, whatever it is.
  @Test(arguments: [
    "", "BEGIN { }", "#!/usr/bin/apus", "// a: b", "// just a comment\n// Usage: apus x", "//\n//\n",
    "// : b\n// Usage: apus x", "// two words: b\n// Usage: apus x", "// a:\n// Usage: apus x",
    "// a: b\nUsage: x",
    "/* a: b */", "// a: b\n// usage: x",
  ])
  func others(script: String) { #expect(Manual(ofScript: script.utf8) == nil) }

}
