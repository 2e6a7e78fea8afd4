import CBPF
import Glibc

/// The time until programs that are running have ended.
public enum GracePeriod {

  /// Waits until all programs that are running have ended: some milliseconds.
  ///
  /// The kernel detaches programs without waiting for those that run meanwhile on other CPUs (`perf_event_free_bpf_prog`). None of
  /// ours may sleep, so that they run under RCU.
  public static func pass() {
    if cbpf_wait_for_grace_period() == 0 { return }
    // CPUs without ticks (`nohz_full`) do without the call (`membarrier(2)`); programs do not run that long.
    usleep(20_000)
  }

}
