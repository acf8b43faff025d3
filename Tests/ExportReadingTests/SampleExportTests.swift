import ByteText
import ExportReading
import Foundation
import Testing

/// The project's own sample exports.
struct SampleExportTests {
  @Test(.enabled(if: !ReadingSamples.sampleExports().isEmpty))
  func readsEverySampleExport() throws {
    for url in ReadingSamples.sampleExports() {
      let items = ReadingSamples.items(Array(try Data(contentsOf: url)), chunk: 4_096)
      #expect(!ReadingSamples.records(items).isEmpty, "\(url.lastPathComponent)")
      for item in items {
        if case .refused(let refused) = item { Issue.record("\(ReadingSamples.line(refused.diagnostic))") }
        // What is kept as evidence reads as the same again.
        guard case .record(let record) = item else { continue }
        #expect(RecordReading.read(record.raw, as: record.dialect).record == record.record)
      }
    }
  }
}
