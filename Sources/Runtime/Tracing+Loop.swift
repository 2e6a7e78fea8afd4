import BPF
import CLinux
import Glibc
import Loading
import Output
import Probes

extension Tracing {

  /// Runs programs whenever their time has come and prints what programs send, until tracing is to end.
  mutating func follow(
    _ session: inout Session, with plan: AttachPlan, process: TracedProcess?, interruption: Interruption
  ) throws(RunError) {
    let timers = try Timers(session.timers)
    var requests = [
      interruption.descriptor, process?.descriptor ?? -1, ring?.descriptor ?? -1, signals.descriptor,
    ].map(readable)
    requests += timers.descriptors.map(readable) + (symbolizer?.descriptors ?? []).map(readable)
    let firstOfSymbolizer = 4 + timers.descriptors.count
    let packetRequest = requests.count
    requests.append(readable(packets?.descriptor ?? -1))
    requests += [writable(-1), writable(-1), readable(-1)]
    writer.waits = false
    defer { writer.waits = true }
    var reportClock = ReportClock()
    while !isExitRequested && !isOutputClosed {
      requests[packetRequest + 1].fd = writer.awaitedDescriptors.output
      requests[packetRequest + 2].fd = writer.awaitedDescriptors.messages
      requests[2].fd = ringPace == .whenReadable ? ring?.descriptor ?? -1 : -1
      let pause = snapshotPace.pause(at: WallClock.now(CLOCK_MONOTONIC))
      requests[packetRequest + 3].fd = pause > 0 ? -1 : options.snapshots?.descriptor ?? -1
      let patience = pause > 0 ? min(pause, reportClock.patience) : reportClock.patience
      let timeout = ringPace.timeout(atMost: patience)
      if poll(&requests, nfds_t(requests.count), timeout) < 0 {
        if errno == EINTR { continue }
        throw .system(SystemError(call: "poll", number: errno))
      }
      // Signals come first, so that a script that never stops printing can be stopped.
      if requests[0].revents != 0 { return }
      if requests[firstOfSymbolizer..<packetRequest].contains(where: { $0.revents != 0 }) {
        symbolizer?.catchUp()
      }
      if requests[packetRequest].revents != 0 { packets?.catchUp() }
      if requests[packetRequest + 3].revents != 0 {
        try answerSnapshotRequests(of: session, following: plan)
      }
      if requests[(packetRequest + 1)...(packetRequest + 2)].contains(where: { $0.revents != 0 }) {
        try resumeWriting()
      }
      if requests[2].revents != 0 || ringPace == .soon || ringPace == .atOnce {
        _ = try readEvents()
        answerRequests(&session)
      }
      if requests[1].revents != 0 { return }
      if requests[3].revents != 0 { try answerSignals(session) }
      for (i, timer) in session.timers.enumerated() where requests[4 + i].revents != 0 {
        let expirations = timers.expirations(of: i)
        if expirations == 0 || isExitRequested { continue }
        try run(timer.programIndex, of: session)
        missedExpirations[timer.programIndex, default: 0] += expirations - 1
      }
      if reportClock.isDue() {
        options.whenAlive()
        try reportNewLosses(of: session, following: plan)
      }
    }
  }

  /// Runs the program with the given index, for whose events there is to be room while others fill the ring buffer.
  private mutating func run(_ programIndex: Int, of session: borrowing Session) throws(RunError) {
    if var ring = ring.take() {
      ring.releaseAll()
      self.ring = consume ring
    }
    do { try session.run(programIndex) } catch { throw .load(error) }
  }

  /// Attaches and detaches what the script asked for meanwhile.
  private mutating func answerRequests(_ session: inout Session) {
    for request in interpreter.requests {
      switch request {
      case .unwatch(let address): session.unwatch(address)
      }
    }
    interpreter.requests = []
  }

  /// Runs the programs for the signals that the process got; one without programs asks for the maps.
  private mutating func answerSignals(_ session: borrowing Session) throws(RunError) {
    while let number = signals.next(), !isExitRequested {
      let programs = session.signals.filter { $0.number == number }
      for program in programs {
        try run(program.programIndex, of: session)
      }
      if programs.isEmpty {
        try printMaps()
        try flush()
      }
    }
  }

}

/// Returns the request to be told when the open file `descriptor` is readable; a negative one never is.
private func readable(_ descriptor: Int32) -> pollfd {
  pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
}

/// Returns the request to be told when the open file `descriptor` takes output; a negative one never does.
private func writable(_ descriptor: Int32) -> pollfd {
  pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
}

/// Timers, stopped when the value ends.
struct Timers: ~Copyable {

  /// Their open files, readable when a period has passed.
  private(set) var descriptors: [Int32] = []

  /// Starts a timer for each of `timers`.
  init(_ timers: [Session.Timer]) throws(RunError) {
    for timer in timers {
      let descriptor = clinux_start_timer(UInt(timer.period))
      guard descriptor >= 0 else { throw .system(SystemError(call: "timerfd_create", number: -descriptor)) }
      descriptors.append(descriptor)
    }
  }

  /// Stops the timers.
  deinit { for descriptor in descriptors { close(descriptor) } }

  /// Returns how many periods of the timer with the given index have passed since this was asked last.
  func expirations(of index: Int) -> UInt64 {
    var count: UInt64 = 0
    return read(descriptors[index], &count, 8) == 8 ? count : 0
  }

}
