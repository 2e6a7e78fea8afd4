import CBPF

extension Link {

  /// Returns how often the kernel came by what the link with the given number, to kprobes, is attached to and could not handle
  /// that (kernel 6.7 and later; older ones do not tell, and the answer is 0).
  ///
  /// That is when a function that is watched on return is called more often at once than there is room for
  /// (`kretprobe.nmissed`, `fprobe.nmissed`), and when a kprobe is come by while another is being handled on the same CPU
  /// (`kprobe.nmissed`).
  public static func missedHits(of link: Int32) -> UInt64 { cbpf_missed_hits(link) }

}
