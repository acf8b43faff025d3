public import ByteText

/// Where a folder's bytes live, as far as locks, renames and syncs depend on it.
public enum FileSystemKind: Hashable, Sendable {
  /// A local file system, or one that is not known to be anything else.
  case local
  /// A Network File System server.
  case nfs
  /// A Windows share (SMB, CIFS, SMB2).
  case smb
  /// A program in user space.
  case fuse
  /// Another network file system (9p, AFS, Ceph).
  case network

  /// Takes the magic number of `statfs` (linux/magic.h).
  init(magic: UInt32) {
    switch magic {
    case 0x6969: self = .nfs
    case 0x517B, 0xFF53_4D42, 0xFE53_4D42: self = .smb
    case 0x6573_5546: self = .fuse
    case 0x0102_1997, 0x5346_414F, 0x00C3_6400: self = .network
    default: self = .local
    }
  }

  /// Whether locks, renames and syncs keep their promises; where not, a writing command warns (SECURITY 3.2).
  public var keepsPromises: Bool { self == .local }

  /// What to call it in a warning.
  public var name: ByteString {
    switch self {
    case .local: "local"
    case .nfs: "NFS"
    case .smb: "SMB"
    case .fuse: "FUSE"
    case .network: "network"
    }
  }
}
