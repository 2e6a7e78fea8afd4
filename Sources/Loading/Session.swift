public import BPF
import IR
import Probes
import Types

/// A script whose programs are in the kernel, attached or to be attached.
///
/// Everything is held by open files, so that nothing is left in the kernel when the process ends, however it ends.
public struct Session: ~Copyable {

  /// A program that the process runs whenever so much time has passed.
  public struct Timer: Hashable, Sendable {

    /// The time from one run to the next in nanoseconds.
    public let period: UInt64

    /// The program, for `run`.
    public let programIndex: Int

  }

  /// A program that the process runs whenever it gets a signal.
  public struct SignalProgram: Hashable, Sendable {

    /// The number of the signal.
    public let number: Int32

    /// The program, for `run`.
    public let programIndex: Int

  }

  /// What is loaded.
  let object: LoadedObject

  /// What is to be attached.
  let plan: AttachPlan

  /// What programs and process agree on.
  let manifest: Manifest

  /// How to load.
  let options: LoadOptions

  /// The programs of `plan`, by index.
  let programs: [ProgramHandle]

  /// What is attached.
  var attachments = Attachments()

  /// Counts how often the kernel left out samples.
  let throttling = ThrottleCounts()

  /// The memory of the variable `globals`, which programs and process share.
  public let globals: UnsafeMutableRawPointer

  /// The attach points that the kernel refused and that were left out.
  public internal(set) var skipped: [SkippedPoint] = []

  /// Why the last of them was refused.
  var lastRefusal: LoadError?

  /// The numbers of the open files of iterators: to read one is to run its program for one object after the other.
  public internal(set) var iterators: [Int32] = []

  /// The files that iterators were pinned to.
  public internal(set) var pins: [String] = []

  /// The names of the files of the maps that were pinned.
  public internal(set) var pinnedMaps: [String] = []

  /// The folder that they are in, nil if none are to be.
  public var pinFolder: String? { options.pinFolder }

  /// The programs to be run by timers.
  public let timers: [Timer]

  /// The programs to be run for signals.
  public let signals: [SignalProgram]

  /// Creates a session of a loaded object.
  init(
    _ object: consuming LoadedObject, sharing manifest: Manifest, following plan: AttachPlan,
    programs: [ProgramHandle], globals: UnsafeMutableRawPointer, options: LoadOptions
  ) {
    self.object = object
    self.plan = plan
    self.manifest = manifest
    self.options = options
    self.programs = programs
    self.globals = globals
    self.timers = plan.programs.enumerated().flatMap { i, program in
      program.points.compactMap { planned in
        if case .timer(let period) = planned.point.target {
          Timer(period: period, programIndex: i)
        } else {
          nil
        }
      }
    }
    self.signals = plan.programs.enumerated().flatMap { i, program in
      program.points.compactMap { planned in
        if case .signal(let number) = planned.point.target {
          SignalProgram(number: number, programIndex: i)
        } else {
          nil
        }
      }
    }
  }

  /// The number of attach points whose programs run or have run, those that the process runs itself included.
  public var attachedCount: Int { attachments.pointCount }

  /// Runs the programs of `begin`, in order.
  public mutating func runBegin() throws(LoadError) { try runAll(.runAtBegin) }

  /// Runs the programs of `end`, in order.
  ///
  /// They count as attached from `attach` on.
  public mutating func runEnd() throws(LoadError) { try runAll(.runAtEnd) }

  /// Runs the program with the given index in the plan, which is one that the process runs.
  public func run(_ programIndex: Int) throws(LoadError) {
    let program = programs[programIndex]
    do {
      try program.run()
    } catch {
      throw .runRefused(program: program.name, error)
    }
  }

  /// Runs the programs of `mechanism`, in order, as often as each has points.
  private mutating func runAll(_ mechanism: AttachMechanism) throws(LoadError) {
    for (i, program) in plan.programs.enumerated() where program.mechanism == mechanism {
      for _ in program.points {
        try run(i)
        if mechanism == .runAtBegin { attachments.addPoint() }
      }
    }
  }

  /// Returns the map with the given index in the manifest, nil if its values are in `globals`.
  public func map(_ index: Int) -> MapHandle? { object.map(named: manifest.maps[index].objectName) }

  /// Returns the second of the two maps that hold the elements of the map with the given index in turn, nil if there is only one.
  public func twin(ofMap index: Int) -> MapHandle? {
    manifest.maps[index].twin.flatMap { object.map(named: $0.objectName) }
  }

  /// The map by which packets are sent, nil if no program sends any.
  public var packets: MapHandle? { object.map(named: ObjectNames.packets) }

  /// The table of stacks, nil if no program records any.
  public var stacks: MapHandle? { object.map(named: ObjectNames.stacks) }

  /// Returns the process's end of the ring buffer, nil if no program sends events.
  public func ringBuffer() throws(LoadError) -> RingBuffer? {
    guard let map = object.map(named: ObjectNames.ringBuffer) else { return nil }
    do {
      return try RingBuffer(of: map)
    } catch {
      throw .objectRefused(error, details: [])
    }
  }

  /// What the verifier said about each program, if that was asked for.
  public var verifierLogs: [VerifierLog] { object.verifierLogs }

}
