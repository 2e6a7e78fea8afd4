public import Loading
public import Output
public import Probes
public import Types

/// Runs `session`, which was loaded for `plan`, from `begin` to `end`, prints what it sends, and returns the exit status.
///
/// The status is what the script gives to `exit`, else 0; 1 if a test failed; or 3 if something was lost and `options` are strict.
/// Tracing ends when the script calls `exit`, when `interruption` is requested, when `process` has ended, or when nobody
/// reads the output any more. What is attached is detached when this returns, and when it throws, by the session's end.
/// Addresses in processes are named by `symbolizer`.
public func run(
  _ session: inout Session, sharing manifest: Manifest, following plan: AttachPlan,
  narrowedTo process: TracedProcess? = nil, until interruption: Interruption,
  namingAddressesWith symbolizer: any UserSymbolizer = NamelessSymbolizer(),
  options: RunOptions = RunOptions()
) throws(RunError) -> Int32 {
  var tracing = try Tracing(session, sharing: manifest, symbolizer: symbolizer, options: options)
  try tracing.openPacketFiles(session)
  tracing.markStart()
  var isOver = try begin(&session, unless: interruption) || tracing.isExitRequested
  var isInterrupted = false
  if !isOver {
    tracing.writer.prepare()
    isInterrupted = try attach(&session)
    isOver = isInterrupted
  }
  if !isInterrupted { try pinMaps(&session) }
  for receiver in options.receivers { receiver.begin() }
  tracing.report(attached: session.attachedCount, skipped: session.skipped, pins: session.pins)
  try tracing.flush()
  if !isOver {
    do { try process?.release() } catch { throw .process(error) }
    // Tests and benchmarks of scripts switch the kernel's statistics on, and are over soon.
    if options.mode == .trace { tracing.giveUpCapabilities(startedProcess: process?.programPath != nil) }
  }
  // Also of a script that has done all that it wants when it begins.
  if !isInterrupted { options.whenAttached() }
  if !isOver {
    isOver = try tracing.runIterators(of: session, unless: interruption) || plan.consistsOfIterators
  }
  if !isOver {
    switch options.mode {
    case .trace: try tracing.follow(&session, with: plan, process: process, interruption: interruption)
    case .test: try tracing.runTests(session, until: interruption)
    case .bench: try tracing.runBenchmarks(session, until: interruption)
    }
  }
  options.whenStopping()
  session.stop()
  // What `end` sends needs room.
  try tracing.readAllEvents()
  do { try session.runEnd() } catch { throw .load(error) }
  tracing.maps.programsHaveEnded()
  tracing.report(pinned: session.pinnedMaps, in: session.pinFolder)
  try tracing.finish(session, following: plan)
  options.snapshots?.end(with: tracing.snapshot(of: session, following: plan))
  // What has been printed must not wait for a slow kernel, nor a program that reads it up to its end.
  if session.slowPointCount > 0 { try tracing.closeOutput(detaching: session.slowPointCount) }
  session.detach()
  return tracing.exitStatus
}

/// Runs the programs of `begin`; returns `true` iff the user wants to end.
private func begin(_ session: inout Session, unless interruption: Interruption) throws(RunError) -> Bool {
  if interruption.isRequested { return true }
  do { try session.runBegin() } catch { throw .load(error) }
  return interruption.isRequested
}

/// Pins the maps, if they are to be.
private func pinMaps(_ session: inout Session) throws(RunError) {
  do { try session.pinMaps() } catch { throw .load(error) }
}

/// Attaches the programs; returns `true` iff the user wanted to end meanwhile.
private func attach(_ session: inout Session) throws(RunError) -> Bool {
  do {
    try session.attach()
    return false
  } catch .interrupted {
    return true
  } catch {
    throw .load(error)
  }
}
