/// UTF-8 of a literal.
public func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Text of bytes, for comparison and messages.
public func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
