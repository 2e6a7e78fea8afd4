import Glibc
import Testing

@testable import Runtime

/// Processes that tracing is narrowed to.
@Suite struct TracedProcessTests {

  /// Returns `true` iff the process ends within so many milliseconds.
  private func ends(_ process: TracedProcess, within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: process.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, milliseconds) > 0
  }

  @Test func aChildWaitsToBeReleased() throws {
    let child = try TracedProcess(command: "true")
    #expect(child.identifier > 0)
    #expect(!ends(child, within: 100))
    try child.release()
    #expect(ends(child, within: 5000))
  }

  @Test func aChildThatIsNeverReleasedEnds() throws {
    var child: TracedProcess? = try TracedProcess(command: "sleep 100")
    let identifier = try #require(child?.identifier)
    let watch = try TracedProcess(identifier: identifier)
    child = nil
    #expect(ends(watch, within: 5000))
  }

  @Test func aChildEndsWithTracing() throws {
    var child: TracedProcess? = try TracedProcess(command: "sleep 100")
    try child?.release()
    let identifier = try #require(child?.identifier)
    let watch = try TracedProcess(identifier: identifier)
    child = nil
    #expect(ends(watch, within: 5000))
  }

  @Test func programsThatCannotBeStarted() {
    #expect(throws: ProcessFault.cannotStart("no-such-program", errorNumber: ENOENT)) {
      _ = try TracedProcess(command: "no-such-program -x")
    }
    #expect(throws: ProcessFault.cannotStart("/etc/passwd", errorNumber: EACCES)) {
      _ = try TracedProcess(command: "/etc/passwd")
    }
    #expect(throws: ProcessFault.cannotStart("/", errorNumber: EACCES)) {
      _ = try TracedProcess(command: "/")
    }
  }

  @Test(arguments: [Int32(0), -1, .max, .min])
  func processesThatAreNotThere(identifier: Int32) {
    #expect(throws: ProcessFault.self) { _ = try TracedProcess(identifier: identifier) }
  }

  @Test func messages() {
    #expect(ProcessFault.noProcess(7, errorNumber: ESRCH).message == "there is no process 7")
    #expect(ProcessFault.cannotStart("x", errorNumber: ENOENT).message == "cannot start 'x': no such program")
    #expect(
      ProcessFault.cannotStart("x", errorNumber: EACCES).message == "cannot start 'x': Permission denied")
  }

}
