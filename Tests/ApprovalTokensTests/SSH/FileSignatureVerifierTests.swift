import ByteText
import CaseModel
import Testing

@testable import ApprovalTokens

@Suite struct FileSignatureVerifierTests {
  private func verify(
    _ sample: SSHSample = SSHSample(), _ verifier: FileSignatureVerifier, at now: Instant = Fixture.now
  ) throws -> Result<FileSigner, RefusedFileSignature> {
    verifier.verify(message: SSHSample.message, armour: try sample.armour(), at: now)
  }

  @Test(arguments: SSHSample.Kind.allCases)
  func tellsWhoSignedWithWhat(kind: SSHSample.Kind) throws {
    let sample = SSHSample(kind)
    let signer = try verify(sample, sample.verifier()).get()
    #expect(signer.principal == "r7")
    #expect(signer.identity == (kind.isHardware ? .sshsigTouch : .sshsig))
    #expect("\(signer.fingerprint)" == (try sample.fingerprint))
    #expect("\(signer.keyType.name)" == sample.typeName)
  }

  /// Flags, and how sure it is then who signed; `nil` where nothing is proved.
  static let flags: [(UInt8, IdentityLevel?)] = [
    (0x00, nil), (0x01, .sshsigTouch), (0x04, nil), (0x05, .sshsigPIN), (0x02, nil), (0x03, .sshsigTouch),
    (0x3E, nil), (0x3F, .sshsigPIN),
  ]

  @Test(arguments: flags)
  func requiresATouchOfHardwareKeys(flags: UInt8, identity: IdentityLevel?) throws {
    for kind in SSHSample.Kind.allCases where kind.isHardware {
      var sample = SSHSample(kind)
      sample.flags = flags
      let result = try verify(sample, sample.verifier())
      if let identity {
        #expect(try result.get().identity == identity)
      } else {
        #expect(result.detail == "the hardware key was not touched when it signed")
      }
    }
  }

  @Test func neverTakesFlagsThatWereNotSigned() throws {
    for kind in SSHSample.Kind.allCases where kind.isHardware {
      var sample = SSHSample(kind)
      sample.flags = 0x00
      var blob = try sample.blob()
      // The flags of the two plain kinds stand five bytes from the end; of a browser's, before the counter.
      let place = try #require(blob.lastRange(of: [0x00] + uint32(sample.counter)))
      blob[place] = 0x01
      let result = try sample.verifier().verify(
        message: SSHSample.message, armour: SSHSample.armour(blob), at: Fixture.now)
      #expect(result.detail == "the signature does not hold")
    }
  }

  @Test func refusesOtherPurposes() throws {
    for namespace in ["git", "file", "archive.v1@countersign", "decisions.v2@countersign", "DECISIONS.v1@countersign"] {
      var sample = SSHSample()
      sample.namespace = namespace
      let result = try verify(sample, sample.verifier())
      #expect(result.detail == "signed for namespace \(namespace), not for decisions.v1@countersign")
    }
    for namespace in ["decisions.v1@countersign\0", "a\u{1B}[2J", "a b", String(repeating: "a", count: 65)] {
      var sample = SSHSample()
      sample.namespace = namespace
      let result = try verify(sample, sample.verifier())
      #expect(result.detail == "signed for another namespace, not for decisions.v1@countersign")
    }
    var sample = SSHSample()
    sample.namespace = "git"
    let git = try #require(SSHNamespace("git"))
    let result = try sample.verifier().verify(
      message: SSHSample.message, armour: sample.armour(), namespace: git, at: Fixture.now)
    #expect(result.detail == nil)
  }

  @Test func refusesKeysThatAreNotListed() throws {
    let sample = SSHSample()
    let detail = "key \(try sample.fingerprint) is not listed"
    #expect(try verify(sample, SSHSample(first: 2).verifier()).detail == detail)
    #expect(try verify(sample, SSHSample.verifier([])).detail == detail)
    // The same numbers under another type are another key.
    #expect(try verify(sample, SSHSample(.hardwareEd25519).verifier()).detail == detail)
    // A line with a mistake lists nothing.
    #expect(try verify(sample, SSHSample.verifier(["r7 valid-before=\"20301101\" \(sample.keyText)"])).detail == detail)
  }

  @Test func refusesKeysOfAnotherApplication() throws {
    var sample = SSHSample(.hardwareEd25519)
    let verifier = try sample.verifier()
    sample.application = "ssh:other"
    #expect(try verify(sample, verifier).detail == "key \(sample.fingerprint) is not listed")
  }

  @Test func asksTheListForTheNamespace() throws {
    let sample = SSHSample()
    let other = try sample.verifier(options: "namespaces=\"git,archive.v1@countersign\"")
    #expect(
      try verify(sample, other).detail
        == "key \(sample.fingerprint) is not listed for namespace decisions.v1@countersign")
    #expect(try verify(sample, sample.verifier(options: "namespaces=\"decisions.v1@countersign\"")).detail == nil)
    #expect(try verify(sample, sample.verifier(options: "namespaces=\"git,decisions.v1@countersign\"")).detail == nil)
  }

  /// Options, seconds from 2026-11-01T00:00:00Z, and the end of the refusal.
  static let times: [(String, Int64, String?)] = [
    ("valid-after=\"20261101Z\"", -1, "is not valid before 2026-11-01T00:00:00Z"),
    ("valid-after=\"20261101Z\"", 0, nil),
    ("valid-after=\"20261101Z\"", 1, nil),
    ("valid-before=\"20261101Z\"", -1, nil),
    ("valid-before=\"20261101Z\"", 0, nil),
    ("valid-before=\"20261101Z\"", 1, "is no longer valid after 2026-11-01T00:00:00Z"),
    ("valid-after=\"202611010001Z\",valid-before=\"20261101000200Z\"", 59, "is not valid before 2026-11-01T00:01:00Z"),
    ("valid-after=\"202611010001Z\",valid-before=\"20261101000200Z\"", 60, nil),
    ("valid-after=\"202611010001Z\",valid-before=\"20261101000200Z\"", 120, nil),
    (
      "valid-after=\"202611010001Z\",valid-before=\"20261101000200Z\"", 121,
      "is no longer valid after 2026-11-01T00:02:00Z"
    ),
  ]

  @Test(arguments: times)
  func asksTheListForTheTime(options: String, seconds: Int64, words: String?) throws {
    let sample = SSHSample()
    let start = try #require(Instant(year: 2026, month: 11, day: 1))
    let now = Instant(ticks: start.adding(seconds: seconds).ticks + 9_999_999)
    let result = try verify(sample, sample.verifier(options: options), at: now)
    #expect(result.detail == (try words.map { "key \(try sample.fingerprint) \($0)" }))
  }

  @Test func namesTheNextTimeWhereThereAreSeveral() throws {
    let sample = SSHSample()
    let key = try sample.keyText
    let verifier = SSHSample.verifier([
      "r7 valid-before=\"20260101Z\" \(key)", "r7 valid-after=\"20290101Z\" \(key)",
      "r7 valid-after=\"20280101Z\" \(key)",
    ])
    #expect(
      try verify(sample, verifier).detail == "key \(sample.fingerprint) is not valid before 2028-01-01T00:00:00Z")
    let ended = SSHSample.verifier(["r7 valid-before=\"20260101Z\" \(key)", "r7 valid-before=\"20260201Z\" \(key)"])
    #expect(
      try verify(sample, ended).detail == "key \(sample.fingerprint) is no longer valid after 2026-02-01T00:00:00Z")
  }

  @Test func refusesKeysOfSeveralPrincipals() throws {
    let sample = SSHSample()
    let key = try sample.keyText
    let detail = "key \(try sample.fingerprint) is listed for several principals: r7, r8"
    #expect(try verify(sample, sample.verifier(principals: "r8,r7")).detail == detail)
    #expect(try verify(sample, SSHSample.verifier(["r7 \(key)", "r8 \(key)"])).detail == detail)
    // The same principal more than once is one.
    #expect(try verify(sample, sample.verifier(principals: "r7,r7")).detail == nil)
    #expect(try verify(sample, SSHSample.verifier(["r7 \(key)", "r7 namespaces=\"git\" \(key)"])).detail == nil)
    // Lines for other purposes and other times say nothing about this signature.
    for other in ["namespaces=\"git\"", "valid-before=\"20260101Z\"", "valid-after=\"20290101Z\""] {
      let verifier = SSHSample.verifier(["r8 \(other) \(key)", "r7 \(key)"])
      #expect(try verify(sample, verifier).get().principal == "r7")
    }
  }

  @Test func refusesOtherMessages() throws {
    for kind in SSHSample.Kind.allCases {
      let sample = SSHSample(kind)
      let verifier = try sample.verifier()
      for message in [[], SSHSample.message + [0x0A], Array(SSHSample.message.dropLast())] {
        let result = verifier.verify(message: message, armour: try sample.armour(), at: Fixture.now)
        #expect(result.detail == "the signature does not hold")
      }
    }
  }

  /// Two defects at once: the one that is asked for first names the refusal.
  @Test func asksInTheOrderOfItsPage() throws {
    var sample = SSHSample(.hardwareECDSA)
    sample.flags = 0
    let key = try sample.keyText
    func detail(_ lines: [String], message: [UInt8] = [], armour: [UInt8]? = nil) throws -> String? {
      SSHSample.verifier(lines).verify(message: message, armour: try armour ?? sample.armour(), at: Fixture.now).detail
    }
    let ended = "r7,r8 valid-before=\"20260101Z\" \(key)"
    #expect(
      try detail(["r7,r8 \(key)"], armour: [])
        == "\(SSHSignatureProblem.malformed("it does not start with -----BEGIN SSH SIGNATURE-----").message)")
    #expect(try detail([]) == "key \(sample.fingerprint) is not listed")
    #expect(
      try detail(["r7 namespaces=\"git\",valid-before=\"20260101Z\" \(key)"])
        == "key \(sample.fingerprint) is not listed for namespace decisions.v1@countersign")
    #expect(try detail([ended]) == "key \(sample.fingerprint) is no longer valid after 2026-01-01T00:00:00Z")
    #expect(try detail(["r7,r8 \(key)"]) == "key \(sample.fingerprint) is listed for several principals: r7, r8")
    #expect(try detail(["r7 \(key)"]) == "the signature does not hold")
    #expect(
      try detail(["r7 \(key)"], message: SSHSample.message) == "the hardware key was not touched when it signed")
    sample.namespace = "git"
    #expect(try detail([]) == "signed for namespace git, not for decisions.v1@countersign")
  }

  @Test func refusesWithOneCodeAndPrintableWords() throws {
    let sample = SSHSample()
    let verifier = try SSHSample(first: 9).verifier()
    for armour in [[], bytes("\u{1B}]0;x"), try sample.armour()] {
      guard case .failure(let refusal) = verifier.verify(message: [], armour: armour, at: Fixture.now) else {
        Issue.record("taken")
        continue
      }
      #expect(refusal.code == .badFileSignature)
      #expect(refusal.detail.bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
      #expect(refusal.detail.bytes.last != 0x2E && !refusal.hint.isEmpty)
    }
  }
}

extension [UInt8] {
  /// Where other bytes stand for the last time.
  fileprivate func lastRange(of other: [UInt8]) -> Int? {
    indices.last { self[$0...].starts(with: other) }
  }
}
