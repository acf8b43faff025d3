import ByteText
import Digests
import WebRendering

/// The part of a page's content security policy that names its scripts.
///
/// The hash is taken from the very bytes that the template carries, so that a changed script, one of `--templates` too, never
/// stands beside the hash of another (SECURITY section 5.6).
enum ScriptPolicy {
  /// The hash of each script of a page, in base64 (CSP Level 3, section 2.3.1).
  static func hashes(of template: Template) -> [[UInt8]] {
    template.inlineScripts.map { Base64.encode(SHA256Sum.of($0).bytes) }
  }
}
