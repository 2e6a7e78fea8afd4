import BPF
import Glibc
import Types

/// Writes the packets that programs send to the files that the script names.
final class PacketCapture {

  /// Where packets come from.
  private let buffer: PacketBuffer

  /// The files, by index.
  private let files: [PacketFile]

  /// What must be added to times since boot to get those since 1970.
  private let lead = UInt64(bitPattern: WallClock.lead(of: CLOCK_REALTIME))

  /// Makes the files at `paths` and reads what is sent by way of `map`.
  init(_ map: MapHandle, writingTo paths: [String]) throws(RunError) {
    var files: [PacketFile] = []
    for path in paths {
      do throws(PacketFile.OpenFailure) {
        files.append(try PacketFile(path))
      } catch {
        throw .packetFile(path: path, errorNumber: error.number)
      }
    }
    self.files = files
    do { buffer = try PacketBuffer(of: map) } catch { throw .system(error) }
  }

  /// The number of the open file that is readable while there are packets.
  var descriptor: Int32 { buffer.descriptor }

  /// The number of packets that there was no room for.
  var lostCount: UInt64 { buffer.lostCount }

  /// Writes the packets that are there.
  func catchUp() {
    buffer.consume { record in
      guard record.count >= PacketRecord.size else { return }
      func word(_ offset: Int) -> Int { Int(record.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
      let (file, length) = (word(PacketRecord.file), word(PacketRecord.length))
      // Behind the packet there may be bytes that only fill up the record.
      guard files.indices.contains(file), PacketRecord.size + length <= record.count else { return }
      let start = PacketRecord.size + min(word(PacketRecord.skipped), length)
      let packet = UnsafeRawBufferPointer(rebasing: record[start..<PacketRecord.size + length])
      let time = record.loadUnaligned(fromByteOffset: PacketRecord.time, as: UInt64.self)
      files[file].write(packet, at: time &+ lead)
    }
  }

}
