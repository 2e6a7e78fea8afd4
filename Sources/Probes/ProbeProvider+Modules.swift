extension ProbeProvider {

  /// Returns the full name of the probe on what is called `name` in `module`, nil for the kernel itself; the module is part
  /// of the name iff `showingModule`.
  func fullName(of name: String, in module: String?, showingModule: Bool) -> String {
    showingModule
      ? "\(names[0]):\(module ?? KprobeProvider.kernelModule):\(name)"
      : "\(names[0]):\(name)"
  }

}
