public import ByteText

/// One text of a message as its reader sees it: decoded, in UTF-8.
///
/// For looking at messages of ours; what decides is read by ``DecisionIntake`` alone.
public struct MailText: Hashable, Sendable {
  /// What it is.
  public enum Kind: Hashable, Sendable {
    case plain
    case page
  }

  /// What it is.
  public var kind: Kind
  /// The text.
  public var bytes: [UInt8]

  /// The plain texts and web pages of a message (RFC 5322, RFC 2046), attached ones included, in its order.
  ///
  /// - Throws: a `Diagnostic` without file for a message that cannot be taken apart, or a text in an encoding that is not read.
  public static func all(of message: [UInt8]) throws -> [MailText] {
    let parts: [MIMEPart]
    do throws(MailProblem) {
      parts = try MIMEParts.leaves(of: message[...])
    } catch {
      throw MailTextError(diagnostic: Diagnostic(.error, message: error.message, hint: error.hint))
    }
    var texts: [MailText] = []
    for part in parts {
      let isPage = part.isType("text/html")
      guard isPage || part.isType("text/plain") else { continue }
      guard let content = part.content else {
        throw MailTextError(
          diagnostic: Diagnostic(
            .error, message: "the transfer encoding '" + ByteString(part.encoding) + "' is not read"))
      }
      texts.append(
        MailText(kind: isPage ? .page : .plain, bytes: TextCharset.utf8(content, from: part.type["charset"])))
    }
    return texts
  }
}

/// Why a message cannot be looked at.
public struct MailTextError: Error, Hashable, Sendable {
  /// What is wrong; without a file.
  public var diagnostic: Diagnostic
}
