import WebRendering

/// The compiled templates of the pages that are lists, with their shapes.
struct ListTemplates: Sendable {
  let actionRow: ActionRowShape
  let pendingRow: PendingRowShape
  let historyRow: HistoryRowShape
  let ballotRow: BallotRowShape
  let searchRow: SearchRowShape
  let investigationRow: InvestigationRowShape
  let line: LineShape
  let pendingShape, ballotShape, historyShape, investigationsShape, searchShape, logShape: ListPageShape
  let pending, ballot, history, investigations, search, log: Template
  let overview: OverviewPage
  let reviewers: ReviewersPage

  init(_ set: TemplateSet) throws(TemplateError) {
    actionRow = try ActionRowShape()
    pendingRow = try PendingRowShape()
    historyRow = try HistoryRowShape()
    ballotRow = try BallotRowShape()
    searchRow = try SearchRowShape()
    investigationRow = try InvestigationRowShape()
    line = try LineShape()
    pendingShape = try ListPageShape("pending", rows: pendingRow.shape)
    ballotShape = try ListPageShape("ballot", rows: ballotRow.shape)
    historyShape = try ListPageShape("history", rows: historyRow.shape)
    investigationsShape = try ListPageShape("investigations", rows: investigationRow.shape)
    searchShape = try ListPageShape("search", rows: searchRow.shape)
    logShape = try ListPageShape("log", rows: line.shape)
    pending = try set.compile("pending.mustache", schema: pendingShape.page.schema)
    ballot = try set.compile("ballot.mustache", schema: ballotShape.page.schema)
    history = try set.compile("history.mustache", schema: historyShape.page.schema)
    investigations = try set.compile("investigations.mustache", schema: investigationsShape.page.schema)
    search = try set.compile("search.mustache", schema: searchShape.page.schema)
    log = try set.compile("log.mustache", schema: logShape.page.schema)
    overview = try OverviewPage(set, actionRow)
    reviewers = try ReviewersPage(set)
  }
}
