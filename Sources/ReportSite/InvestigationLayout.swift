/// Where everything of an investigation's drawing stands, in whole pixels.
///
/// Four columns from left to right, each centred on the tallest as far as that is not too tall; an action stands as near to the middle of its targets as
/// the other actions let it. Edges only cross the gap between two columns, so none runs through a node.
struct InvestigationLayout {
  /// A node, or the panel of a group.
  struct Box: Hashable {
    var x, y, width, height: Int
    var middle: Int { y + height / 2 }
    var right: Int { x + width }
    var bottom: Int { y + height }
  }

  /// A curve from the right side of one box to the left side of another.
  struct Edge: Hashable {
    let fromX, fromY, toX, toY: Int
    /// Whether it leads to an action that waits for a decision.
    let isOpen: Bool

    init(_ from: Box, _ to: Box, isOpen: Bool = false) {
      fromX = from.right
      fromY = from.middle
      toX = to.x
      toY = to.middle
      self.isOpen = isOpen
    }
  }

  /// The panel of a group, its entities, and the node "and more" where there is one.
  struct Panel {
    var frame: Box
    var members: [Box]
    var more: Box?
  }

  /// The heights that depend on how many lines a text takes.
  struct Heights {
    var alerts: [Int]
    var investigation: Int
  }

  static let width = 1_160
  static let alertX = 0
  static let alertWidth = 212
  static let investigationX = 256
  static let investigationWidth = 204
  static let panelX = 504
  static let panelWidth = 328
  static let actionX = 904
  static let actionWidth = 256
  static let inset = 8
  static let memberHeight = 30
  static let moreHeight = 24
  static let actionHeight = 52
  /// What stands above the nodes: the headings of the columns.
  static let top = 30
  static let panelHead = 28
  private static let nodeGap = 6
  private static let panelGap = 14
  private static let cardGap = 14
  private static let lowestAxis = 300

  private(set) var height: Int
  private(set) var alerts: [Box] = []
  private(set) var moreAlerts: Box?
  private(set) var investigation: Box
  private(set) var panels: [Panel] = []
  private(set) var actions: [Box] = []
  private(set) var moreActions: Box?
  /// Alerts to the investigation, the investigation to the groups.
  private(set) var story: [Edge] = []
  /// Entities to actions.
  private(set) var effects: [Edge] = []

  init(_ cast: InvestigationCast, _ heights: Heights) {
    investigation = Box(x: Self.investigationX, y: 0, width: Self.investigationWidth, height: heights.investigation)
    var y = 0
    for (index, height) in heights.alerts.enumerated() {
      if index > 0 { y += Self.cardGap }
      alerts.append(Box(x: Self.alertX, y: y, width: Self.alertWidth, height: height))
      y += height
    }
    if cast.moreAlerts > 0 || alerts.isEmpty {
      if !alerts.isEmpty { y += Self.cardGap }
      moreAlerts = Box(x: Self.alertX, y: y, width: Self.alertWidth, height: Self.moreHeight)
      y += Self.moreHeight
    }
    let alertsHeight = y

    y = 0
    for (index, group) in cast.groups.enumerated() {
      if index > 0 { y += Self.panelGap }
      panels.append(Self.panel(group, at: &y))
    }
    if panels.isEmpty { y = Self.moreHeight }
    let panelsHeight = y

    let hasMoreActions = cast.moreActions > 0 || cast.actions.isEmpty
    let count = cast.actions.count
    var actionsHeight = count * (Self.actionHeight + Self.cardGap) - (count > 0 ? Self.cardGap : 0)
    if hasMoreActions { actionsHeight += Self.moreHeight + (count > 0 ? Self.cardGap : 0) }

    let tallest = max(alertsHeight, investigation.height, panelsHeight, actionsHeight)
    height = Self.top + tallest
    // In a tall drawing the story begins where a reader sees it first, not half-way down.
    let axis = min(tallest / 2, Self.lowestAxis)
    let lowerAlerts = Self.top + max(0, axis - alertsHeight / 2)
    for index in alerts.indices { alerts[index].y += lowerAlerts }
    moreAlerts?.y += lowerAlerts
    investigation.y = Self.top + max(0, axis - investigation.height / 2)
    let lowerPanels = Self.top + (tallest - panelsHeight) / 2
    for index in panels.indices { panels[index].lower(by: lowerPanels) }
    place(cast.actions, hasMore: hasMoreActions, from: Self.top, height: tallest, own: actionsHeight)
    connect(cast.actions)
  }

  private static func panel(_ group: InvestigationCast.Group, at y: inout Int) -> Panel {
    var panel = Panel(frame: Box(x: panelX, y: y, width: panelWidth, height: 0), members: [], more: nil)
    y += panelHead
    let width = panelWidth - 2 * inset
    for index in group.members.indices {
      if index > 0 { y += nodeGap }
      panel.members.append(Box(x: panelX + inset, y: y, width: width, height: memberHeight))
      y += memberHeight
    }
    if group.more > 0 {
      y += nodeGap
      panel.more = Box(x: panelX + inset, y: y, width: width, height: moreHeight)
      y += moreHeight
    }
    y += inset
    panel.frame.height = y - panel.frame.y
    return panel
  }

  // MARK: - Actions

  /// Puts each action beside the middle of its targets, in the order of these middles, without any two overlapping.
  private mutating func place(
    _ cast: [InvestigationCast.Action], hasMore: Bool, from top: Int, height: Int, own: Int
  ) {
    let pitch = Self.actionHeight + Self.cardGap
    let centred = top + (height - own) / 2
    // An action without targets keeps its place in a centred column.
    let wanted = cast.enumerated().map { index, action in
      let middles = action.targets.map { node($0).middle }
      return middles.isEmpty
        ? centred + index * pitch : middles.reduce(0, +) / middles.count - Self.actionHeight / 2
    }
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    // With `place * pitch` taken off, "no two overlap" is "none is less than the one before": neighbours that break it
    // share the mean of what they want.
    var runs: [(sum: Int, count: Int)] = []
    for (place, index) in order.enumerated() {
      runs.append((wanted[index] - place * pitch, 1))
      while runs.count > 1, let last = runs.last, case let before = runs[runs.count - 2],
        before.sum * last.count > last.sum * before.count
      {
        runs.removeLast(2)
        runs.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let lowest = top + height - own  // as low as the first may start, for all to fit
    actions = [Box](
      repeating: Box(x: Self.actionX, y: 0, width: Self.actionWidth, height: Self.actionHeight), count: cast.count)
    var place = 0
    for run in runs {
      let start = min(max(run.sum / run.count, top), lowest)
      for _ in 0..<run.count {
        actions[order[place]].y = start + place * pitch
        place += 1
      }
    }
    guard hasMore else { return }
    let last = order.last.map { actions[$0].bottom + Self.cardGap }
    moreActions = Box(x: Self.actionX, y: last ?? centred, width: Self.actionWidth, height: Self.moreHeight)
  }

  /// The box of an entity, or of the node "and more" of its group.
  private func node(_ place: InvestigationCast.Place) -> Box {
    let panel = panels[place.group]
    return place.member < panel.members.count ? panel.members[place.member] : panel.more ?? panel.frame
  }

  // MARK: - Edges

  private mutating func connect(_ cast: [InvestigationCast.Action]) {
    for alert in alerts { story.append(Edge(alert, investigation)) }
    if let moreAlerts, !alerts.isEmpty { story.append(Edge(moreAlerts, investigation)) }
    for panel in panels { story.append(Edge(investigation, panel.frame)) }
    for (action, box) in zip(cast, actions) {
      for target in action.targets { effects.append(Edge(node(target), box, isOpen: action.model.isPending)) }
    }
  }
}

extension InvestigationLayout.Panel {
  fileprivate mutating func lower(by distance: Int) {
    frame.y += distance
    for index in members.indices { members[index].y += distance }
    more?.y += distance
  }
}
