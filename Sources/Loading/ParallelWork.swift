import Glibc

/// Work shared by threads: calls that wait, each by its index.
private final class SharedWork: @unchecked Sendable {

  /// What is to be done.
  let body: @Sendable (Int) -> Void

  /// The number of calls.
  let count: Int

  /// Guards `next`.
  private var lock = pthread_mutex_t()

  /// The index of the next call.
  private var next = 0

  /// Creates an instance with the given properties.
  init(count: Int, body: @escaping @Sendable (Int) -> Void) {
    self.count = count
    self.body = body
    pthread_mutex_init(&lock, nil)
  }

  /// Makes calls until none is left.
  func run() {
    while true {
      pthread_mutex_lock(&lock)
      let index = next
      next += 1
      pthread_mutex_unlock(&lock)
      if index >= count { return }
      body(index)
    }
  }

}

/// Calls `body` once with each index below `count`, by so many `threads`, and returns when all calls have.
func inParallel(_ count: Int, threads threadCount: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let work = SharedWork(count: count, body: body)
  var threads: [pthread_t] = []
  for _ in 1..<max(2, min(threadCount, count)) {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(work).toOpaque()
    let status = pthread_create(&thread, nil, runSharedWork, context)
    if status == 0 { threads.append(thread) } else { Unmanaged<SharedWork>.fromOpaque(context).release() }
  }
  work.run()
  for thread in threads { pthread_join(thread, nil) }
}

/// Makes calls of the work at `context`: what a thread does.
private func runSharedWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  Unmanaged<SharedWork>.fromOpaque(context!).takeRetainedValue().run()
  return nil
}
