import ByteText
import CaseModel
import ExportReading
import Testing

private typealias S = ReadingSamples

/// AIR section 7.2: keys that stand twice.
struct RepeatedKeysTests {
  private func cluster(_ first: String, _ second: String) -> Result<ReadRecord, RecordRefusal> {
    let data =
      #"{"Entities":[{"Type":"mailCluster","Query":"q","QueryTime":\#(first),"MailCount":1,"QueryTime":\#(second)}]}"#
    return S.read(S.record(["Data": data]))
  }

  private let iso = #""2026-03-09T07:41:12.5510443Z""#
  private let american = #""3/9/2026 7:41:12 AM""#

  private func time(_ result: Result<ReadRecord, RecordRefusal>) -> EntityField.Value? {
    result.record?.entities.first?.fields.first { $0.name == .queryTime }?.value
  }

  @Test func prefersTheISOFormOfQueryTimeWhereverItStands() throws {
    let expected = EntityField.Value.time(try #require(Instant(rfc3339: "2026-03-09T07:41:12.5510443Z")))
    #expect(time(cluster(iso, american)) == expected)
    #expect(time(cluster(american, iso)) == expected)
    #expect(time(cluster("null", iso)) == expected)
  }

  @Test func letsEqualValuesPass() throws {
    #expect(time(cluster(american, american)) == .time(try #require(Instant(rfc3339: "2026-03-09T07:41:12Z"))))
    let record = Array(#"{"Id":"a","Id":"a","RecordType":64,"CreationTime":"2026-03-09T07:52:07","#.utf8)
    let rest = Array(#""OrganizationId":"t","InvestigationId":"i"}"#.utf8)
    #expect(RecordReading.read(record + rest, as: .air).record?.recordID == "a")
    // The same text, written once with an escape.
    let escaped = Array(#"{"Id":"a","Id":"\u0061","RecordType":64,"CreationTime":"2026-03-09T07:52:07","#.utf8)
    #expect(RecordReading.read(escaped + rest, as: .air).record?.recordID == "a")
  }

  @Test func refusesQueryTimesThatDoNotTellWhichCounts() {
    let message = "error: Data.Entities[0].QueryTime: the key stands twice in its object, with different values"
    #expect(cluster(american, #""3/9/2026 7:41:13 AM""#).refusal == message)
    #expect(cluster(iso, #""2026-03-09T07:41:13Z""#).refusal == message)
  }

  @Test func refusesAnyOtherKeyThatStandsTwice() {
    let record = Array(#"{"Id":"a","Id":"b","RecordType":64}"#.utf8)
    #expect(
      RecordReading.read(record, as: .air).refusal
        == "error: Id: the key stands twice in its object, with different values")
    let action = #"{"ActionId":"x","ActionId":"y"}"#
    #expect(
      S.read(S.record(["Actions": ["{}", action]])).refusal
        == "error: Actions[1].ActionId: the key stands twice in its object, with different values")
    let bare = Array(
      #"{"Id":"a","RecordType":64,"Actions":[{"Entities":[{"Query":"p","Query":"q"}]}]}"#.utf8)
    #expect(
      RecordReading.read(bare, as: .air).refusal
        == "error: Actions[0].Entities[0].Query: the key stands twice in its object, with different values")
  }

  @Test func refusesAContainerWithTwoRecords() {
    let row = Array(#"{"RawEventData":{"Id":"a"},"RawEventData":{"Id":"b"}}"#.utf8)
    #expect(
      S.lines(S.items(row))
        == ["error: in: record 1: RawEventData: the key stands twice in its object, with different values"])
  }

  @Test func copesWithVeryManyRepeats() {
    let keys = (0..<20_000).map { #""k\#($0 % 10_000)":1"# }.joined(separator: ",")
    let data = "{\(keys)}"
    #expect(S.read(S.record(["Data": data])).record != nil)
  }
}
