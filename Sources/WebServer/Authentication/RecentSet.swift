/// A set that forgets what was put into it first when it is full.
struct RecentSet<Element: Hashable> {

  /// How many elements it keeps.
  let limit: Int

  /// The elements.
  private var elements: Set<Element> = []

  /// The elements as they came, those from `next` on being the oldest.
  private var order: [Element] = []

  /// Where the next one goes once it is full.
  private var next = 0

  /// Creates an empty set that keeps `limit` elements, one or more.
  init(limit: Int) { self.limit = limit }

  /// Returns `true` iff `element` is in it.
  func contains(_ element: Element) -> Bool { elements.contains(element) }

  /// Puts `element` into it.
  mutating func insert(_ element: Element) {
    guard elements.insert(element).inserted else { return }
    if order.count < limit { return order.append(element) }
    elements.remove(order[next])
    order[next] = element
    next = (next + 1) % limit
  }

}
