/// The pages, summaries and the style sheet of the review site, and the digest mail, embedded in the binary.
public enum PageTemplates {
  /// Every file by its name, as templates name one another.
  public static let all: [(name: String, bytes: [UInt8])] = [
    ("page-head.mustache", PackageResources.page_head_mustache),
    ("page-foot.mustache", PackageResources.page_foot_mustache),
    ("action-rows.mustache", PackageResources.action_rows_mustache),
    ("entity-fields.mustache", PackageResources.entity_fields_mustache),
    ("list-tools.mustache", PackageResources.list_tools_mustache),
    ("list-pager.mustache", PackageResources.list_pager_mustache),
    ("pending-table.mustache", PackageResources.pending_table_mustache),
    ("basket.mustache", PackageResources.basket_mustache),
    ("ballot.mustache", PackageResources.ballot_mustache),
    ("mail-forms.mustache", PackageResources.mail_forms_mustache),
    ("search.mustache", PackageResources.search_mustache),
    ("single.mustache", PackageResources.single_mustache),
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
    ("digest.mustache", PackageResources.digest_mustache),
    ("digest-lead.md", PackageResources.digest_lead_md),
    ("digest-section.md", PackageResources.digest_section_md),
    ("digest-action.md", PackageResources.digest_action_md),
    ("digest-links.md", PackageResources.digest_links_md),
    ("digest-brief.md", PackageResources.digest_brief_md),
    ("digest-news.md", PackageResources.digest_news_md),
    ("digest-counts.md", PackageResources.digest_counts_md),
    ("site.css", PackageResources.site_css),
    ("drawings.css", PackageResources.drawings_css),
    ("lists.css", PackageResources.lists_css),
    ("listing.js", PackageResources.listing_js),
    ("listing-tools.js", PackageResources.listing_tools_js),
    ("listing-csv.js", PackageResources.listing_csv_js),
    ("listing-start.js", PackageResources.listing_start_js),
    ("search-start.js", PackageResources.search_start_js),
    ("single.js", PackageResources.single_js),
    ("basket.js", PackageResources.basket_js),
    ("basket-files.js", PackageResources.basket_files_js),
    ("basket-view.js", PackageResources.basket_view_js),
    ("basket-keys.js", PackageResources.basket_keys_js),
    ("basket-start.js", PackageResources.basket_start_js),
  ]

  /// The JSON Schemas that `countersign schema` prints, by name.
  public static let schemas: [(name: String, bytes: [UInt8])] = [
    ("countersign-export-1", PackageResources.countersign_export_1_schema_json),
    ("countersign-order-1", PackageResources.countersign_order_1_schema_json),
    ("countersign-result-1", PackageResources.countersign_result_1_schema_json),
  ]

  /// What stands in the top folder of every archive beside its manifests: how to check it, and with what.
  public static let archive: [(name: String, bytes: [UInt8])] = [
    ("VERIFY.txt", PackageResources.VERIFY_txt), ("check_ledger.py", PackageResources.check_ledger_py),
    ("check_tokens.py", PackageResources.check_tokens_py), ("pae.py", PackageResources.pae_py),
  ]

  /// What works in the scripts of work orders, the same in each.
  public static let orderFunctions: [UInt8] = PackageResources.carry_out_ps1
}
