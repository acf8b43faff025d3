import ByteText
import DurableFiles

/// The files a user named, folders walked.
///
/// A path that is missing or unreadable is reported; the others are still used.
struct InputFiles {
  private(set) var files: [ByteString] = []
  private(set) var status = ExitStatus.success

  init(_ path: ByteString, _ console: Console) {
    let walked = UserPath.walk(path)
    files = walked.files
    for error in walked.errors { report(error, console) }
    if files.isEmpty && walked.errors.isEmpty {
      console.report(Diagnostic(.warning, file: path, message: "the folder holds no file"))
    }
  }

  /// Reports a path that cannot be read.
  mutating func report(_ error: FileError, _ console: Console) {
    console.report(Diagnostic(.error, file: error.path, message: error.message))
    status = status.merged(with: Self.status(of: error))
  }

  static func status(of error: FileError) -> ExitStatus {
    switch error.kind {
    case .missing, .notADirectory: .missingInput
    case .permission: .permission
    default: .io
    }
  }
}
