import ByteText
import CaseModel

/// Reads the alert that `Data` is (AIR section 1.3), of 2023 to 2026.
enum AIRAlert {
  static func read(_ data: JSONValue, _ scope: DocumentScope) -> Alert {
    func text(_ names: StaticString...) -> ByteString {
      for name in names {
        if let text = scope.text(data.ignoringCase(name)) { return text }
      }
      return ""
    }
    return Alert(
      sourceID: text("ProviderAlertId", "SystemAlertId", "Id"), title: text("AlertDisplayName", "DisplayName"),
      severity: StatusWords.severity(text("Severity")), status: text("Status"), category: text("Category"),
      detection: text("DetectionTechnology"), description: text("Description"),
      provider: text("ProviderName", "VendorName"), started: scope.time(data.ignoringCase("StartTimeUtc")),
      ended: scope.time(data.ignoringCase("EndTimeUtc")))
  }
}
