import Glibc
import NIOCore
import Testing

@testable import WebServer

/// Clients that do harm do it to themselves.
@Suite(.serialized) struct FloodTests {

  @Test func `half a request is waited for as long as allowed`() throws {
    var limits = ServerLimits()
    limits.headTime = .milliseconds(300)
    let server = try TestServer(limits: limits)
    #expect(server.exchange("GET / HTT").hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    // Somebody who says nothing is told nothing.
    #expect(server.exchange("") == "")
  }

  @Test func `a head that comes byte by byte must be complete in time`() throws {
    var limits = ServerLimits()
    limits.headTime = .milliseconds(500)
    let server = try TestServer(limits: limits)
    let client = server.connect()
    for byte in "GET / HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8 {
      client.send([byte])
      usleep(20_000)
    }
    #expect(client.receiveAll().hasPrefix("HTTP/1.1 408 "))
  }

  @Test func `a connection without requests is closed`() throws {
    var limits = ServerLimits()
    limits.idleTime = .milliseconds(200)
    let server = try TestServer(limits: limits)
    let client = server.connect()
    client.send("GET / HTTP/1.1|Host: a||")
    #expect(client.receiveResponse() != nil)
    #expect(client.receiveAll() == "")
    #expect(server.server.connectionCount == 0)
  }

  @Test func `a client that does not read is left`() throws {
    var limits = ServerLimits()
    limits.stallTime = .milliseconds(300)
    let server = try TestServer(limits: limits)
    let client = server.connect(receiveBuffer: 4096)
    client.send("GET /big HTTP/1.1|Host: a||")
    usleep(50_000)
    #expect(server.servesOthers())
    wait { server.server.connectionCount == 0 }
    #expect(server.server.connectionCount == 0)
    #expect(client.receiveAll().utf8.count < TestServer.bigSize)
  }

  @Test func `a client that reads slowly must be done in time`() throws {
    var limits = ServerLimits()
    limits.responseTime = .milliseconds(500)
    let server = try TestServer(limits: limits)
    let client = server.connect(receiveBuffer: 4096)
    client.send("GET /big HTTP/1.1|Host: a||")
    wait { server.server.connectionCount == 1 }
    wait { server.server.connectionCount == 0 }
    #expect(server.server.connectionCount == 0)
  }

  @Test func `1000 connections keep nobody from being served`() throws {
    let server = try TestServer()
    let kept = server.connect()
    kept.send("GET / HTTP/1.1|Host: a||")
    #expect(kept.receiveResponse() != nil)
    let texts = ["", "GET / HTTP/1.1|Ho", "GET / HTTP/1.1|Host: a||", "nonsense"]
    // The process may have no more than 1024 files open, and both ends are its own.
    for _ in 0..<5 {
      var clients: [RawClient] = []
      for number in 0..<200 {
        let client = server.connect()
        client.send(texts[number % texts.count])
        clients.append(client)
      }
      #expect(server.servesOthers())
      #expect(server.server.connectionCount <= 100)
      kept.send("GET /?kept HTTP/1.1|Host: a||")
      #expect(kept.receiveResponse()?.body.count == 11)
    }
    wait { server.server.connectionCount <= 1 }
    #expect(server.server.connectionCount <= 1)
  }

  @Test func `clients that do not read keep nobody from being served`() throws {
    var limits = ServerLimits()
    limits.unreadBytes = 4 * TestServer.bigSize
    limits.graceTime = .milliseconds(50)
    let server = try TestServer(limits: limits)
    var clients: [RawClient] = []
    for _ in 0..<150 {
      let client = server.connect(receiveBuffer: 4096)
      client.send("GET /big HTTP/1.1|Host: a||")
      clients.append(client)
    }
    // As long as some of them have only just begun, others are told to come later.
    wait { server.exchange("GET /big HTTP/1.1|Host: a|Connection: close||").utf8.count > TestServer.bigSize }
    #expect(server.exchange("GET /big HTTP/1.1|Host: a|Connection: close||").utf8.count > TestServer.bigSize)
    #expect(server.server.connectionCount <= 100)
  }

  @Test func `connections that break keep nobody from being served`() throws {
    let server = try TestServer()
    for round in 0..<200 {
      let client = server.connect()
      client.send(["GET /big HTTP/1.1|Host: a||", "GET / HT", "\u{0}\u{1}", ""][round % 4])
      if round % 3 != 0 { client.reset() }
    }
    #expect(server.servesOthers())
    wait { server.server.connectionCount == 0 }
    #expect(server.server.connectionCount == 0)
  }

  @Test func `requests for which there is no room are told to come later`() throws {
    var limits = ServerLimits()
    limits.pagesAtOnce = 1
    limits.waitingRequests = 2
    let server = try TestServer(limits: limits)
    let clients = (0..<8).map { _ in server.connect() }
    for client in clients { client.send("GET /slow HTTP/1.1|Host: a||") }
    let heads = clients.compactMap { $0.receiveResponse()?.head.prefix(12) }
    #expect(heads.count { $0 == "HTTP/1.1 200" } == 3)
    #expect(heads.count { $0 == "HTTP/1.1 503" } == 5)
  }

  @Test func `a page that takes long keeps others from nothing`() throws {
    let server = try TestServer()
    let slow = server.connect()
    slow.send("GET /slow HTTP/1.1|Host: a||")
    #expect(server.servesOthers())
    #expect(slow.receiveResponse()?.body.count == 4)
  }

  @Test func `no signal is delivered to the threads of a server`() throws {
    let before = Self.threads()
    let server = try TestServer()
    let new = Self.threads().filter { before[$0.key] == nil && $0.value.name.contains(#/NIO-ELT|web-work/#) }
    #expect(new.count >= 3)
    // SIGHUP, SIGINT, SIGUSR1 and SIGTERM.
    for thread in new.values { #expect(thread.blocked & 0x4203 == 0x4203, "\(thread)") }
    #expect(server.port > 0)
  }

  /// Waits some seconds for `condition`.
  private func wait(for condition: () -> Bool) {
    for _ in 0..<1000 {
      if condition() { return }
      usleep(10_000)
    }
  }

  /// Returns the threads of this process by their numbers, with the signals that they block.
  private static func threads() -> [Int: (name: String, blocked: UInt64)] {
    guard let folder = opendir("/proc/self/task") else { return [:] }
    defer { closedir(folder) }
    var result: [Int: (name: String, blocked: UInt64)] = [:]
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let id = Int(name), let file = fopen("/proc/self/task/\(name)/status", "r") else { continue }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 8192)
      let text = String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
      guard let match = text.firstMatch(of: #/Name:\t(?<name>.*)\n(?s).*SigBlk:\t(?<blocked>[0-9a-f]+)/#)
      else { continue }
      result[id] = (String(match.output.name), UInt64(match.output.blocked, radix: 16) ?? 0)
    }
    return result
  }

}
