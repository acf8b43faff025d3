import ByteText
import CaseModel

/// Who takes part in an investigation by mail address: recipients, senders, submitters, owners of what actions act on.
///
/// None of them may decide it (policy rule `self_approval`).
struct Involvement {
  /// What people are in the investigation, by address in lower case.
  private var parts: [ByteString: ByteString] = [:]

  init(_ merged: Case) {
    for entity in merged.investigation.entities { add(entity) }
    for action in merged.actions {
      for target in action.action.targets {
        add(target)
        for name in [EntityField.Name.mailbox, .upn] { add(target.text(name), "owner") }
      }
    }
  }

  private mutating func add(_ entity: Entity) {
    add(entity.text(.recipient), "recipient")
    for text in entity.list(.recipient) { add(text, "recipient") }
    add(entity.text(.sender), "sender")
    add(entity.text(.envelopeSender), "sender")
    add(entity.text(.submitter), "submitter")
  }

  private mutating func add(_ address: ByteString?, _ part: ByteString) {
    guard let address, !address.isEmpty else { return }
    for piece in MailAddress.candidates(in: address.bytes) + [address.bytes[...]] {
      let key = ByteString(ASCII.lowercased(Array(piece)))
      if parts[key] == nil { parts[key] = part }
    }
  }

  /// What a reviewer is in the investigation, with the address; `nil` where nothing.
  func of(_ reviewer: Reviewer) -> ByteString? {
    for address in reviewer.addresses {
      if let part = parts[ByteString(ASCII.lowercased(address.bytes))] { return part + " " + address }
    }
    return nil
  }
}
