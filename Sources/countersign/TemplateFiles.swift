import ByteText
import DurableFiles
import PageTemplates

/// The built-in template files, and in their place those of the same names in a folder (`--templates`).
enum TemplateFiles {
  static func all(replacedBy folder: ByteString?) throws -> [(name: String, bytes: [UInt8])] {
    var files = PageTemplates.all
    guard let folder else { return files }
    let own: Folder
    do throws(FileError) {
      own = try Folder.open(folder)
    } catch {
      throw CommandFailure(InputFiles.status(of: error), error.message, file: error.path)
    }
    for entry in try own.entries() where entry.kind == .regular {
      guard let index = files.firstIndex(where: { ByteString($0.name) == entry.name }) else {
        throw CommandFailure(
          .configuration, "no template has that name", file: folder + "/" + entry.name,
          hint: "known: " + ByteString(Array(files.map { Array($0.name.utf8) }.joined(separator: [0x2C, 0x20]))))
      }
      files[index].bytes = try own.read(entry.name, limit: 4 << 20, followingLinks: true)
    }
    return files
  }
}
