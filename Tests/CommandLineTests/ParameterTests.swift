import Foundation
import TestSupport
import Testing

/// What stands behind the script.
@Suite struct ParameterTests {

  /// A script that asks for one option of each kind.
  private let script = """
    BEGIN {
      if (getopt("loud|l", false, "say more")) { printf("loud "); }
      printf("%d %s %s %d\\n", getopt("count|n", 5, "how many"), getopt("name", "none"), str($1), $#);
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
      (["-l", "--count", "-3", "x"], "loud -3 none x 1\n"),
      (["-ln7", "-1", "-x"], "loud 7 none -1 2\n"),
      (["-n=7", "--name", "-l", "-"], "7 -l - 1\n"),
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
            -l, --loud          say more
            -n, --count=NUMBER  how many (default: 5)
                --name=TEXT     (default: none)

          """, "\(result.output)")
    }
    let none = try run(executable, ["-e", "BEGIN { exit(); }", "--", "--help"])
    #expect(none.output.hasSuffix("\nThe script takes no options.\n"))
  }

  @Test(
    arguments: [
      (["--cuont=3"], "apus: the script has no option '--cuont'; did you mean '--count'?\n"),
      (["--xyzzy"], "apus: the script has no option '--xyzzy'; '--help' behind it lists its options\n"),
      (["--count=many"], "apus: '--count' takes a number, not 'many'\n"),
      (["--count"], "apus: '--count' needs a value: --count=NUMBER\n"),
      (["-n"], "apus: '-n' needs a value: -n NUMBER\n"),
      (["-nx"], "apus: '-n' takes a number, not 'x'\n"),
      (["-lx"], "apus: the script has no option '-x'; '--help' behind it lists its options\n"),
      (["--loud=7"], "apus: '--loud' takes 'true' or 'false', not '7'\n"),
      (["--name"], "apus: '--name' needs a value: --name=TEXT\n"),
    ] as [([String], String)])
  func mistakes(arguments: [String], sentence: String) throws {
    let result = try run(executable, ["-e", script, "--"] + arguments)
    #expect(result.status == 1 && result.output.isEmpty)
    #expect(result.errors.contains(sentence), "\(result.errors)")
  }

}
