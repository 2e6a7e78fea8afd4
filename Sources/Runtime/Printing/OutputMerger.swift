public import BPF
import CLinux
import Glibc
import Output

/// Puts what several scripts print into one file, line by line.
///
/// Each script writes to a pipe of its own, so that a slow reader holds up none of them; a thread takes whole lines from there.
public final class OutputMerger: @unchecked Sendable {

  /// What comes from a script.
  private struct Source {

    /// The end of the pipe that is read.
    let descriptor: Int32

    /// The beginning of a line that has no end yet.
    var rest: [UInt8] = []

  }

  /// The number of bytes of a line that others wait for.
  private static let longestLine = 1 << 16

  /// The command of fcntl(2) that says how much a pipe holds, `F_SETPIPE_SZ` in include/uapi/linux/fcntl.h.
  private static let setPipeSize: Int32 = 1031

  /// The open file that all of them are written to.
  private let descriptor: Int32

  /// The scripts that may still print something; the thread's alone once it runs.
  private var sources: [Source] = []

  /// Why nothing more could be written, 0 if it could.
  private var failure: Int32 = 0

  /// The thread.
  private var thread: pthread_t?

  /// Creates an instance that writes to the open file `descriptor`.
  public init(writingTo descriptor: Int32) { self.descriptor = descriptor }

  /// Returns an open file for what a script prints, which the caller closes when nothing more comes.
  ///
  /// - Requires: `start` was not called.
  public func makeSource() throws(SystemError) -> Int32 {
    precondition(thread == nil, "a source that comes late")
    var ends: [Int32] = [-1, -1]
    let result = clinux_make_pipe(&ends, 0)
    guard result == 0 else { throw SystemError(call: "pipe2", number: -result) }
    // Where the system does not allow that, scripts wait a little more often.
    _ = fcntl(ends[1], Self.setPipeSize, Int32(Self.longestLine * 4))
    sources.append(Source(descriptor: ends[0]))
    return ends[1]
  }

  /// Begins to write.
  public func start() {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(self).toOpaque()
    let status = pthread_create(
      &thread, nil,
      { argument in
        Capabilities.giveUpInThread()
        Unmanaged<OutputMerger>.fromOpaque(argument!).takeRetainedValue().mergeAll()
        return nil
      }, argument)
    precondition(status == 0, "no thread to be had")
    self.thread = thread
  }

  /// Waits until everything is written, which is when all scripts have closed their files; returns the number of the error if
  /// something could not be written, 0 else.
  public func finish() -> Int32 {
    if let thread { pthread_join(thread, nil) }
    return failure
  }

  /// Writes what comes until nothing more does.
  private func mergeAll() {
    var chunk = [UInt8](repeating: 0, count: Self.longestLine)
    while !sources.isEmpty {
      var requests = sources.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
      if poll(&requests, nfds_t(requests.count), -1) < 0 { continue }
      for index in requests.indices.reversed() where requests[index].revents != 0 {
        let count = read(sources[index].descriptor, &chunk, chunk.count)
        if count < 0 && errno == EINTR { continue }
        if count > 0 { take(chunk[..<count], from: index) } else { end(index) }
        if failure != 0 { return closeAll() }
      }
    }
  }

  /// Writes the lines that `bytes`, what comes from the script at `index`, have the ends of.
  private func take(_ bytes: ArraySlice<UInt8>, from index: Int) {
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.startIndex
    if end > bytes.startIndex {
      sources[index].rest += bytes[..<end]
      write(&sources[index].rest)
    }
    sources[index].rest += bytes[end...]
    if sources[index].rest.count >= Self.longestLine { write(&sources[index].rest) }
  }

  /// Writes what is left of the script at `index`, from which nothing more comes.
  private func end(_ index: Int) {
    var source = sources.remove(at: index)
    if !source.rest.isEmpty {
      if !sources.isEmpty { source.rest.append(UInt8(ascii: "\n")) }
      write(&source.rest)
    }
    close(source.descriptor)
  }

  /// Writes `bytes` and removes them.
  private func write(_ bytes: inout [UInt8]) {
    do {
      var channel = OutputChannel(descriptor)
      try channel.write(&bytes, waits: true)
    } catch {
      switch error {
      // As for one script, that is a reason to end and nothing to tell.
      case .closed: failure = EPIPE
      case .refused(let number): failure = number
      }
    }
  }

  /// Lets scripts find that nobody reads what they print.
  private func closeAll() {
    for source in sources { close(source.descriptor) }
    sources = []
  }

}
