import CaseModel
import WebRendering

/// An action as a row of the overview.
struct ActionRowShape: Sendable {
  let shape: Shape
  private let about: ActionCells
  private let urgency: UrgencyCells

  init() throws(TemplateError) {
    var list = FieldList("row")
    about = ActionCells(&list)
    urgency = UrgencyCells(&list)
    shape = try list.shape()
  }

  /// - Parameter now: where given, the row also says how much time is left.
  func row(_ one: ListRow, now: Instant? = nil) -> TemplateRow {
    var row = shape.row
    about.fill(&row, one)
    urgency.fill(&row, one, now: now)
    return row.values
  }
}
