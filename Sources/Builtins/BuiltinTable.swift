/// Every builtin, by name.
public enum BuiltinTable {

  /// The builtins in the order in which they are documented.
  public static let all: [any Builtin] =
    [
      // Values.
      ProcessID(), ThreadID(), UserID(), GroupID(), CPU(), Comm(), Nanoseconds(), Elapsed(),
      ProbeName(), ProbeType(), FunctionName(), Argument(), StackArgument(), ReturnValue(), ContextPointer(),
      RegisterValue(),
      UserMode(), CPUCount(), NUMANode(), RandomNumber(), ControlGroup(), Jiffies(), Username(), ChildID(),
      HasChild(), TracedTask(), CurrentTask(), ParentID(), ProcessComm(), LeaderComm(), LeaderID(),
      MountNamespace(),
      NetworkNamespace(),
      // Aggregations.
      Count(), Sum(), Minimum(), Maximum(), Average(), Stats(), Histogram(), LinearHistogram(), TimeSeries(),
      // Functions.
      PrintError(), PrintWarning(), PrintFile(), RunCommand(), Join(), Row(), FormattedTime(),
      BufferFunction(), BytesComparison(),
      AddressFunction(), AddressLiteral(), SubnetFunction(), EthernetAddress(), SwappedBytes(),
      PathFunction(), SocketCookie(), PacketOutput(), ControlGroupID(), ControlGroupPath(), ErrorText(),
      SignalName(),
      SystemCallName(),
      TextLength(), TextCapacity(), TextComparison(), TextIndex(), TextContainment(), GlobMatch(),
      TextConcatenation(),
      Str(), Printf(), Print(), Clear(), Zero(), Delete(), HasKey(), Find(), Length(), Exit(), Time(),
      Sizeof(), TableFunction(), ClearScreen(), LoadAverage(),
      OffsetOf(), ContainerOf(), KernelPointer(), UserPointer(),
      KernelSymbol(), KernelAddress(), PerCPUKernelAddress(), UserSymbol(),
      UserAddressOfSymbol(),
      Signal(), SignalThread(), Override(), WriteUser(), Unwatch(),
      IsLiteral(), DefaultTextLength(), KernelFunctionExists(), KernelFunctionAllowed(), StaticAssert(),
      Fail(),
    ] + TypePredicate.all + StackBuiltin.all

  /// The builtins by each of their names.
  private static let byName: [String: any Builtin] = {
    var result: [String: any Builtin] = [:]
    for builtin in all {
      for name in builtin.names { result[name] = builtin }
    }
    return result
  }()

  /// The bare words that are arguments of some builtin.
  public static let words = Set(all.flatMap(\.words))

  /// Returns the builtin that scripts refer to as `name`, nil if there is none.
  public static func builtin(named name: String) -> (any Builtin)? { byName[name] }

  /// The names of all builtins, sorted.
  public static var names: [String] { byName.keys.sorted() }

}
