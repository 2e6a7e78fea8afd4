import Foundation
import TestSupport
import Testing

/// What stands behind the script.
@Suite struct ParameterTests {

  /// A script that asks for one option of each kind.
  private let script = """
    BEGIN {
      if (getopt("loud", false, "say more")) { printf("loud "); }
      printf("%d %s %s %d\\n", getopt("count", 5, "how many"), getopt("name", "none"), str($1), $#);
      exit();
    }
    """

  @Test(
    arguments: [
      ([], "5 none  0\n"),
      (["--loud", "--count=0x10", "x"], "loud 16 none x 1\n"),
      (["x", "--name=a=b", "--loud=true"], "loud 5 a=b x 1\n"),
      (["--name=", "x", "--loud=0"], "5  x 1\n"),
      (["--count=-3", "--", "--loud"], "-3 none --loud 1\n"),
    ] as [([String], String)])
  func options(arguments: [String], output: String) throws {
    let result = try run(executable, ["-q", "-e", script, "--"] + arguments)
    #expect(result.status == 0 && result.output == output + "\n", "\(result)")
  }

  @Test func help() throws {
    for arguments in [["--help"], ["1", "--help"], ["--count=1", "--help"]] {
      let result = try run(executable, ["-e", script, "--"] + arguments)
      #expect(result.status == 0 && result.errors.isEmpty)
      #expect(
        result.output
          == """
          usage: apus -e PROGRAM [OPTION]... [PARAMETER]...

          options:
            --loud          say more
            --count=NUMBER  how many (default: 5)
            --name=TEXT     (default: none)

          """, "\(result.output)")
    }
    let none = try run(executable, ["-e", "BEGIN { exit(); }", "--", "--help"])
    #expect(none.output.hasSuffix("\nThe script takes no options.\n"))
  }

  @Test(
    arguments: [
      (["--cuont=3"], "apus: the script has no option '--cuont'; did you mean '--count'?\n"),
      (
        ["--xyzzy"],
        "apus: the script has no option '--xyzzy'; '--help' behind the script lists its options\n"
      ),
      (
        ["--count=many"],
        "ERROR: the option '--count' takes a number, but 'many' is given on the command line\n"
      ),
      (["--count"], "ERROR: the option '--count' takes a number, but nothing is given on the command line\n"),
      (
        ["--loud=7"],
        "ERROR: the option '--loud' takes 'true' or 'false', but '7' is given on the command line\n"
      ),
      (["--name"], "ERROR: the option '--name' takes a text, but nothing is given on the command line\n"),
    ] as [([String], String)])
  func mistakes(arguments: [String], sentence: String) throws {
    let result = try run(executable, ["-e", script, "--"] + arguments)
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(result.errors.contains(sentence), "\(result.errors)")
  }

}
