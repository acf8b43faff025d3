import ByteText
import Digests
import WebRendering

/// The part of a page's content security policy that names its scripts.
///
/// The hash is taken from the very bytes that the template carries, so that a changed script, one of `--templates` too, never
/// stands beside the hash of another (SECURITY section 5.6).
enum ScriptPolicy {
  /// What stands behind `script-src`: `'none'`, or each script's hash (CSP Level 3, section 2.3.1).
  static func sources(of template: Template) -> [UInt8] {
    let scripts = template.inlineScripts
    guard !scripts.isEmpty else { return Array("'none'".utf8) }
    return Array(
      scripts.map { Array("'sha256-".utf8) + Base64.encode(SHA256Sum.of($0).bytes) + [0x27] }.joined(separator: [0x20]))
  }
}
