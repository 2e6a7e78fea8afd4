import Testing
import WebServer

@Test func `a page is plain text unless something else is said`() {
  #expect(WebResponse(body: []).contentType == "text/plain; charset=utf-8")
  #expect(WebResponse(body: []).status == 200)
}
