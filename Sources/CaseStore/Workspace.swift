public import ByteText
public import DurableFiles

/// A workspace on disk (DESIGN section 3): the folders and what they are for.
public struct Workspace: Sendable {
  /// The workspace's own folder.
  public let root: Folder

  /// Names in a workspace.
  public enum Name {
    /// Private keys, the ring, allowed signers.
    public static let keys: ByteString = "keys"
    /// Imported records.
    public static let evidence: ByteString = "evidence"
    /// Files people handed back.
    public static let returned: ByteString = "returned"
    /// What was refused, with the reason.
    public static let rejected: ByteString = "rejected"
    /// Mails, receipts, orders.
    public static let outbox: ByteString = "outbox"
    /// The site for everybody.
    public static let site: ByteString = "site"
    /// Reviewers' own sites.
    public static let packs: ByteString = "packs"
    /// Held by every writing command.
    public static let lock: ByteString = ".lock"
  }

  /// Opens a folder that is to be a workspace.
  public init(root: Folder) {
    self.root = root
  }

  /// Whether the folder holds a workspace.
  public func exists() throws(FileError) -> Bool {
    try root.exists(Configuration.fileName)
  }

  /// A folder of the workspace, made where it is missing.
  ///
  /// What only the owner may read is made 0700.
  public func folder(_ name: ByteString) throws(FileError) -> Folder {
    let isPrivate =
      name == Name.keys || name == Name.evidence || name == Name.returned || name == Name.rejected
      || name == Name.packs
    return try root.subfolder(name, create: true, mode: isPrivate ? 0o700 : 0o755)
  }

  /// Reads the configuration.
  public func configuration() throws(WorkspaceError) -> Configuration {
    let text: [UInt8]
    do throws(FileError) {
      text = try root.read(Configuration.fileName, limit: YAMLDocument.sizeLimit + 1)
    } catch {
      if error.kind == .missing { throw .notAWorkspace(root.path) }
      throw .file(error)
    }
    switch Configuration.read(text) {
    case .success(let configuration): return configuration
    case .failure(let mistakes): throw .configuration(mistakes)
    }
  }
}

/// Why a workspace cannot be used.
public enum WorkspaceError: Error, Sendable {
  /// The folder holds no `countersign.yaml`.
  case notAWorkspace(ByteString)
  case configuration(ConfigurationMistakes)
  case file(FileError)
  /// An evidence file that the ledger names is missing or was changed.
  case evidence(name: ByteString, problem: ByteString)
}
