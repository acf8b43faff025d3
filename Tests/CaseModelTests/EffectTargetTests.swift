import ByteText
import Testing

@testable import CaseModel

@Suite struct EffectTargetTests {
  static func form(_ type: EntityType?, _ fields: [(EntityField.Name, ByteString)], id: ByteString = "urn:1") throws
    -> ByteString
  {
    let entity = Entity(
      sourceID: id, type: Recognised(type, raw: "raw"), fields: fields.map { EntityField($0.0, .text($0.1)) })
    return ByteString(CanonicalJSON.bytes(try EffectTarget.tree(entity)))
  }

  @Test(
    arguments: [
      (
        .mailMessage, [(.networkMessageID, "n"), (.recipient, "r"), (.internetMessageID, "i"), (.subject, "s")],
        #"{"networkMessageId":"n","recipient":"r","type":"mail-message"}"#
      ),
      (
        .mailMessage, [(.recipient, "r"), (.internetMessageID, "<i>")],
        #"{"internetMessageId":"<i>","recipient":"r","type":"mail-message"}"#
      ),
      (.url, [(.url, "http://x/ \"é")], #"{"type":"url","url":"http://x/ \"é"}"#),
      (
        .file, [(.sha256, "AB0f"), (.md5, "Cd"), (.fileName, "A.exe")],
        #"{"md5":"cd","name":"A.exe","sha256":"ab0f","type":"file"}"#
      ),
      (.mailbox, [(.upn, "u"), (.address, "a"), (.displayName, "d")], #"{"mailbox":"a","type":"mailbox"}"#),
      (.mailbox, [(.displayName, "d")], #"{"id":"urn:1","type":"mailbox"}"#),
      (
        .mailboxConfiguration, [(.upn, "u"), (.configType, "c"), (.forwardTo, "f"), (.rule, "")],
        #"{"configType":"c","forwardTo":"f","mailbox":"u","type":"mailbox-configuration"}"#
      ),
      (.ip, [(.address, "10.0.0.1")], #"{"address":"10.0.0.1","type":"ip"}"#),
      (.account, [(.upn, "u"), (.displayName, "d")], #"{"type":"account","upn":"u"}"#),
      (.account, [(.displayName, "d")], #"{"name":"d","type":"account"}"#),
      (.host, [(.hostName, "h")], #"{"host":"h","type":"host"}"#),
      (nil, [(.hostName, "h"), (.source, "s")], #"{"Host":"h","id":"urn:1","rawType":"raw","type":"other"}"#),
    ] as [(EntityType?, [(EntityField.Name, ByteString)], ByteString)])
  func takesExactIdentifiers(type: EntityType?, fields: [(EntityField.Name, ByteString)], form: ByteString) throws {
    #expect(try Self.form(type, fields) == form)
  }

  @Test func isNothingWithoutAnyIdentifier() {
    #expect(throws: Effect.Problem.noTarget) { try Self.form(.host, [(.displayName, "d")], id: "") }
  }
}
