import ByteText
import CaseModel
import CaseStore
import DurableFiles
import ReportSite

/// Where a build goes: the tree, its name in the manifest, whom it is for.
struct BuildTarget {
  /// The folder that holds the tree.
  let parent: Folder
  /// The tree's name in it.
  let name: ByteString
  /// The tree's name in the manifest.
  let tree: ByteString
  let audience: ByteString
  let audienceName: ByteString
  let isPrivate: Bool

  init(_ session: Session, _ options: BuildRun.Options) throws {
    (audience, audienceName) = try Self.audience(session, options)
    isPrivate = options.reviewer != nil
    if let out = options.out {
      let split = UserPath.split(out)
      guard let name = split?.name, !name.isEmpty, name != ".", name != ".." else {
        throw CommandFailure(.usage, "--out: expected the name of a folder")
      }
      parent = try OutFolder.open(split?.folder ?? ".")
      self.name = name
      tree = (audience == "*" ? "out " : "out " + audience + " ") + out
      try Self.refuseForeign(parent, name, out)
    } else if let id = options.reviewer {
      parent = try session.workspace.folder(Workspace.Name.packs)
      name = id
      tree = Workspace.Name.packs + "/" + id
    } else {
      parent = session.workspace.root
      name = Workspace.Name.site
      tree = Workspace.Name.site
    }
  }

  /// Whom a build is for: everybody, or one reviewer with a name.
  static func audience(
    _ session: Session, _ options: BuildRun.Options
  ) throws -> (audience: ByteString, name: ByteString) {
    guard let id = options.reviewer else { return ("*", "") }
    guard let reviewer = session.configuration.reviewers.first(where: { $0.id == id }) else {
      throw CommandFailure(
        .usage, "--reviewer: no reviewer has the id '" + id + "'", hint: "see reviewers in countersign.yaml")
    }
    return (id, reviewer.name)
  }

  /// A folder that is not a site of ours is never replaced.
  private static func refuseForeign(_ parent: Folder, _ name: ByteString, _ path: ByteString) throws {
    guard try parent.exists(name) else { return }
    let folder = try parent.subfolder(name)
    let names = try folder.names()
    guard names.isEmpty || names.contains("index.html") && names.contains("assets") else {
      throw CommandFailure(
        .cannotCreate, "the folder is not empty and no site of countersign", file: path, hint: "name a new folder")
    }
  }
}
