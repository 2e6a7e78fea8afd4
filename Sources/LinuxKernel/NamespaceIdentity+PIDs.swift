import Glibc
import Kernel

extension NamespaceIdentity {

  /// The inode of the initial PID namespace: `PROC_PID_INIT_INO` in `include/linux/proc_ns.h`.
  private static let initialInode: UInt64 = 0xefff_fffc

  /// The PID namespace of the process, nil if that is the initial one or cannot be told.
  static var ofPIDs: NamespaceIdentity? {
    var status = stat()
    guard stat("/proc/self/ns/pid", &status) == 0, status.st_ino != initialInode else { return nil }
    // The C library spreads the numbers over 64 bits; the kernel has them in 32 (`MKDEV` in `include/linux/kdev_t.h`).
    let device = UInt64(status.st_dev)
    let major = (device >> 8) & 0xfff
    let minor = (device & 0xff) | ((device >> 12) & 0xfff00)
    return NamespaceIdentity(device: UInt32(major << 20 | minor), inode: UInt64(status.st_ino))
  }

}
