import NIOCore
import NIOPosix
import NIOSSL

/// What all scripts of a process have in common that send to Zabbix: the thread on which that happens, and certificates.
public final class ZabbixDelivery: Sendable {

  /// What is sent to which servers, and how.
  let configuration: ZabbixConfiguration

  /// The thread.
  let group: MultiThreadedEventLoopGroup

  /// What connections are encrypted with.
  let context: NIOSSLContext?

  /// Tells the user something: a sentence.
  let tell: @Sendable (String) -> Void

  /// Starts the thread, on which `prepare` runs before anything else, and which inherits the signals that are blocked; reads the
  /// certificates.
  ///
  /// `tell` is called on that thread, and must not wait.
  public init(
    _ configuration: ZabbixConfiguration, preparing prepare: @escaping @Sendable () -> Void,
    tell: @escaping @Sendable (String) -> Void
  ) throws(EncryptionFault) {
    self.configuration = configuration
    self.context = try configuration.encryption.context()
    self.tell = tell
    group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    group.next().execute(prepare)
  }

}
