public import WebRendering

/// Renders the pages of one case after the other; one for each thread.
public struct CasePages: Sendable {
  private let templates: SiteTemplates
  private let frame: SiteFrame
  private let investigationBase, actionBase: Row

  /// Makes a worker for one site.
  public init(templates: SiteTemplates, frame: SiteFrame) {
    self.templates = templates
    self.frame = frame
    investigationBase = templates.investigation.base(frame)
    actionBase = templates.action.base(frame)
  }

  /// Adds the page of the investigation.
  public mutating func investigation(_ model: CasePageModel, into out: inout [UInt8]) throws(TemplateError) {
    try templates.investigation.render(model, frame, base: investigationBase, into: &out)
  }

  /// Adds the page of an action; `index` counts in ``CasePageModel/actions``.
  ///
  /// Adds nothing where there is no such action.
  public mutating func action(
    _ model: CasePageModel, index: Int, into out: inout [UInt8]
  ) throws(TemplateError) {
    guard model.actions.indices.contains(index) else { return }
    try templates.action.render(model, model.actions[index], frame, base: actionBase, into: &out)
  }

  /// Adds the page of an action of our own about one of the case's.
  public mutating func action(
    _ model: CasePageModel, _ own: ActionPageModel, into out: inout [UInt8]
  ) throws(TemplateError) {
    try templates.action.render(model, own, frame, base: actionBase, into: &out)
  }

  /// Adds the Markdown summary of the investigation, for mails and archives.
  public func summary(_ model: CasePageModel, into out: inout [UInt8]) throws(TemplateError) {
    try templates.summary.markdown(model, into: &out)
  }
}
