import Testing

@testable import Runtime

/// Commands of `-c`, separated into words.
@Suite struct CommandWordsTests {

  @Test(arguments: [
    ("ls", ["ls"]), ("  ls   -l\t/tmp ", ["ls", "-l", "/tmp"]),
    ("perl -e 'getppid() for 1..8'", ["perl", "-e", "getppid() for 1..8"]),
    (#"a "b c" d"#, ["a", "b c", "d"]), (#"a b\ c"#, ["a", "b c"]), (#"a "x\"y\\z\n""#, ["a", #"x"y\z\n"#]),
    (#"a '\n'"#, ["a", #"\n"#]), (#"a ''"#, ["a", ""]), (#"a""b'c'd"#, ["abcd"]),
    ("a $HOME *", ["a", "$HOME", "*"]),
    ("ü 'é'", ["ü", "é"]),
  ])
  func words(command: String, expected: [String]) throws {
    #expect(try CommandWords.split(command) == expected)
  }

  @Test(arguments: [
    ("", "it is empty"), ("   ", "it is empty"), ("'' x", "it is empty"),
    ("a 'b", "the quote ' is not closed"),
    (#"a "b"#, #"the quote " is not closed"#), (#"a "b\"#, #"the quote " is not closed"#),
    (#"a \"#, "it ends with a backslash"),
  ])
  func faults(command: String, reason: String) {
    #expect(throws: ProcessFault.malformedCommand(reason)) { try CommandWords.split(command) }
  }

}
