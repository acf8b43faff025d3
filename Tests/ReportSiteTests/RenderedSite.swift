import ByteText
import CaseModel
import PageTemplates
import ReportSite

/// Every page of a sample site, by path.
struct RenderedSite {
  var pages: [ByteString: [UInt8]] = [:]

  init(_ site: SampleSite) throws {
    let templates = try SiteTemplates(files: PageTemplates.all)
    var casePages = CasePages(templates: templates, frame: site.frame)
    for model in site.cases {
      var out: [UInt8] = []
      try casePages.investigation(model, into: &out)
      pages[PagePaths.investigation(model.case.id)] = out
      for index in model.actions.indices where model.actions[index].action.wasEverUndecided {
        var out: [UInt8] = []
        try casePages.action(model, index: index, into: &out)
        pages[PagePaths.action(model.actions[index].action.id)] = out
      }
    }
    let lists = ListPages(templates: templates, frame: site.frame)
    var listed: [ByteString: [UInt8]] = [:]
    let write: ListPages.Writer = { listed[$0] = $1 }
    try lists.assets(write)
    try lists.overview(site.overview, write)
    try lists.pending(site.rows, write)
    try lists.history(site.rows, write)
    try lists.investigations(site.cases.map(\.head), pending: site.pending, write)
    try lists.search(site.searchKeys, { site.searchSource($0) }, write)
    try lists.reviewers(SampleSite.reviewers, SampleSite.policy, write)
    try lists.log(SampleSite.ledger, first: 409, write)
    pages.merge(listed) { $1 }
  }
}
