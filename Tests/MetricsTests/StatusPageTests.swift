import Metrics
import Output
import Testing
import Types

/// The page that shows people what runs.
@Suite struct StatusPageTests {

  @Test func showsScriptsMapsAndLosses() {
    let map = TestMap(
      "@bytes", key: [.record([.init("subnet", .string(capacity: 16))])], .aggregation(.count),
      [([.record([.init("subnet", .text("x"))])], .unsigned(1))])
    let other = TestMap("@s", .plain(.structure(.init(.init(.struct, "sock"), size: 8))), [])
    var state = snapshot(of: [map, other])
    state.attachedCount = 1
    state.eventCount = 2
    state.losses = [Loss(.events(probe: "kprobe:f"), count: 4)]
    state.programs = [.init(title: "kprobe:f", runCount: 5, runTime: 1000)]
    let exposition = Exposition([("<a&b>", [map, other]), ("late", [])])
    let page = String(
      decoding: StatusPage(of: exposition, version: "1.2.3").text(of: [
        ScriptState(state, isRunning: true), nil,
      ]),
      as: UTF8.self)
    #expect(page.contains("<title>apus 1.2.3</title>"))
    #expect(page.contains("<a href=\"/metrics\">"))
    #expect(page.contains("<h2>&lt;a&amp;b&gt;</h2>\n<p>Running: 1 attach point, 2 events.</p>"))
    #expect(
      page.contains(
        "<td>@bytes</td><td>bytes_total</td><td>counter</td><td>subnet</td><td>1 of 4096</td><td>The values of @bytes.</td>"
      ))
    #expect(page.contains("<td>@s</td><td>its values have neither numbers nor texts</td>"))
    #expect(page.contains("lost 4 events of kprobe:f"))
    #expect(page.contains("<td>kprobe:f</td><td>5</td><td>0.000001</td><td>200</td>"))
    #expect(page.contains("<h2>late</h2>\n<p>Not attached yet.</p>"))
  }

}
