/// The pages, summaries and the style sheet of the review site, embedded in the binary.
public enum PageTemplates {
  /// Every file by its name, as templates name one another.
  public static let all: [(name: String, bytes: [UInt8])] = [
    ("page-head.mustache", PackageResources.page_head_mustache),
    ("page-foot.mustache", PackageResources.page_foot_mustache),
    ("action-rows.mustache", PackageResources.action_rows_mustache),
    ("entity-fields.mustache", PackageResources.entity_fields_mustache),
    ("overview.mustache", PackageResources.overview_mustache),
    ("pending.mustache", PackageResources.pending_mustache),
    ("history.mustache", PackageResources.history_mustache),
    ("investigations.mustache", PackageResources.investigations_mustache),
    ("investigation.mustache", PackageResources.investigation_mustache),
    ("action.mustache", PackageResources.action_mustache),
    ("reviewers.mustache", PackageResources.reviewers_mustache),
    ("log.mustache", PackageResources.log_mustache),
    ("receipts.mustache", PackageResources.receipts_mustache),
    ("summary-investigation.md", PackageResources.summary_investigation_md),
    ("site.css", PackageResources.site_css),
  ]

  /// The JSON Schemas that `countersign schema` prints, by name.
  public static let schemas: [(name: String, bytes: [UInt8])] = [
    ("countersign-export-1", PackageResources.countersign_export_1_schema_json)
  ]
}
