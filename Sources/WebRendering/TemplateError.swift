public import ByteText

/// What is wrong with a template, or with the values it was given, and where.
public struct TemplateError: Error, Hashable, Sendable {
  /// The template file, as it was named to the set.
  public let file: String
  /// The line of the tag, from 1; 0 where the whole file is meant.
  public let line: Int
  /// The column of the tag's first brace, from 1, counted in Unicode scalars; 0 where the whole file is meant.
  public let column: Int
  /// What is wrong and what was expected: lower case, no final stop.
  public let message: String

  /// Makes an error at a place.
  public init(file: String, line: Int = 0, column: Int = 0, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// The file and place: `page.mustache:12:5`.
  public var place: String { line > 0 ? "\(file):\(line):\(column)" : file }

  /// The error in the words and order of every other diagnostic.
  public var diagnostic: Diagnostic {
    Diagnostic(.error, file: ByteString(place), message: ByteString(message))
  }
}

extension TemplateError: CustomStringConvertible {
  /// The whole message: `page.mustache:12:5: unknown name 'foo'; known here: a, b`.
  public var description: String { "\(place): \(message)" }
}
