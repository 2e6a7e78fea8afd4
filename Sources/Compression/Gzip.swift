import CZlib

/// Compressed data in the form of gzip (RFC 1952).
public enum Gzip {

  /// Returns `bytes` compressed in little time, nil if there is no memory for it.
  public static func compress(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count <= Int(UInt32.max) / 2 else { return nil }
    var stream = z_stream()
    // 15 bits of window, and 16 for the form of gzip.
    let level = Z_BEST_SPEED
    let status = deflateInit2_(
      &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    let size = Int(deflateBound(&stream, uLong(bytes.count)))
    return bytes.withUnsafeBufferPointer { input in
      var isWhole = false
      let result = [UInt8](unsafeUninitializedCapacity: size) { output, count in
        // The library reads what it is given, though it does not say so.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(size)
        isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
        count = size - Int(stream.avail_out)
      }
      return isWhole ? result : nil
    }
  }

  /// Returns what the file at `path` has, compressed or not, nil if it cannot be read or has `limit` bytes or more.
  public static func contents(of path: String, limit: Int) -> [UInt8]? {
    guard let file = gzopen(path, "re") else { return nil }
    defer { gzclose(file) }
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while result.count < limit {
      let count = gzread(file, &chunk, UInt32(chunk.count))
      if count < 0 { return nil }
      if count == 0 { return result }
      result += chunk[..<Int(count)]
    }
    return nil
  }

}
