import ByteText
import Testing

@testable import CaseModel

@Suite struct RemediationActionTests {
  static let message = Entity(type: Recognised(.mailMessage, raw: ""))

  @Test(
    arguments: [
      ([], nil), ([SampleAction.url("u")], nil), ([message], 1), ([message, message, SampleAction.url("u")], 2),
      ([SampleAction.cluster(count: 37)], 37), ([SampleAction.cluster(count: 37), message], 38),
      ([SampleAction.cluster(count: 0)], 0),
      ([SampleAction.cluster(count: nil)], nil), ([message, SampleAction.cluster(count: nil)], nil),
      ([SampleAction.cluster(count: -5), message], 1),
      ([SampleAction.cluster(count: .max), SampleAction.cluster(count: 2)], .max),
      ([SampleAction.cluster(count: .max), message], .max),
    ] as [([Entity], Int?)])
  func countsTheMailItWouldChange(targets: [Entity], count: Int?) {
    #expect(SampleAction.action(targets).mailCount == count)
  }
}
