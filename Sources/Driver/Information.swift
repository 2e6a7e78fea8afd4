import BPF
import CodeGen
import Glibc
import Kernel
import LinuxKernel
import Loading

/// The version of apus.
let version = "0.1.0"

/// Returns what `-V` prints, with the versions of what apus is made of if that is wanted.
func versions(areDetailed: Bool) -> String {
  "apus \(version)\n" + (areDetailed ? "\(generatorVersion)\nlibbpf \(libbpfVersion)\n" : "")
}

/// Returns what `--info` prints about the machine.
func machineInformation(on kernel: LiveKernel) -> String {
  var rows: [(String, String)] = [
    ("apus", "\(version), \(generatorVersion), libbpf \(libbpfVersion)"),
    ("kernel", "\(kernel.release), \(kernel.possibleCPUCount) CPUs"),
    ("privileges", privileges()),
    ("tracefs", tracefs(on: kernel)),
  ]
  rows.append(("", ""))
  for feature in Feature.allCases {
    rows.append((feature.rawValue, description(of: kernel.status(of: feature), feature)))
  }
  return rows.map { name, value in
    name.isEmpty ? "\n" : name + String(repeating: " ", count: max(1, 18 - name.count)) + value + "\n"
  }.joined()
}

/// Returns whether the process may trace.
private func privileges() -> String {
  let missing = Capabilities.missingForTracing()
  return missing.isEmpty ? "sufficient" : "insufficient: \(missing.joined(separator: " and ")) missing"
}

/// Returns whether tracepoints can be looked up.
private func tracefs(on kernel: LiveKernel) -> String {
  do {
    return "\(try kernel.tracepointSubsystems().count) subsystems have tracepoints"
  } catch {
    return error.message + (error.hint.map { "; \($0)" } ?? "")
  }
}

/// Returns in words whether a kernel whose status is `status` has `feature`, and what it takes to have it.
private func description(of status: FeatureStatus, _ feature: Feature) -> String {
  let option = feature.configurationOption.map { ", \($0)" } ?? ""
  return switch status {
  case .available: "yes"
  case .missing: "no (Linux \(feature.minimumRelease)\(option))"
  case .unknown(let reason): "unknown: \(reason)"
  }
}
