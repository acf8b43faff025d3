/// The pages of this folder, embedded in the binary.
public enum FormatPages {
  /// Every page by its name.
  public static let all: [(name: String, bytes: [UInt8])] = [
    ("archive.md", PackageResources.archive_md),
    ("configuration.md", PackageResources.configuration_md),
    ("decisions.md", PackageResources.decisions_md),
    ("digest.md", PackageResources.digest_md),
    ("effect.md", PackageResources.effect_md),
    ("evidence.md", PackageResources.evidence_md),
    ("file-signature.md", PackageResources.file_signature_md),
    ("json-output.md", PackageResources.json_output_md),
    ("ledger.md", PackageResources.ledger_md),
    ("neutral-export.md", PackageResources.neutral_export_md),
    ("receipt.md", PackageResources.receipt_md),
    ("result.md", PackageResources.result_md),
    ("templates.md", PackageResources.templates_md),
    ("token.md", PackageResources.token_md),
    ("work-order.md", PackageResources.work_order_md),
  ]
}
