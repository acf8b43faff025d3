// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is built under the same rules (docs/design/build-rules.md).
let rules: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A target that imports `ByteText` and what is named, and nothing else: the import direction of docs/design/parts.md.
func part(_ name: String, _ dependencies: [Target.Dependency] = [], linking library: String? = nil) -> Target {
  .target(
    name: name,
    dependencies: (name == "ByteText" ? [] : ["ByteText"]) + dependencies,
    swiftSettings: rules,
    linkerSettings: library.map { [.linkedLibrary($0)] } ?? []
  )
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency] = [], beside files: [String] = [], with more: [SwiftSetting] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "TestSupport"] + (name == "ByteText" ? [] : ["ByteText"]) + dependencies,
    exclude: files,
    swiftSettings: rules + more
  )
}

let package = Package(
  name: "countersign",
  products: [.executable(name: "countersign", targets: ["countersign"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
  ],
  targets: [
    // System libraries: a module map without a `link` line each; the archive is named where it is linked, so the binary
    // stays one static file.
    .systemLibrary(name: "CCMark", providers: [.apt(["libcmark-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CYaml", providers: [.apt(["libyaml-dev"])]),

    part("ByteText"),
    part("Digests", [crypto]),
    part("DurableFiles"),
    part("CaseModel"),
    part("ExportReading", ["CaseModel", "CZlib"], linking: ":libz.a"),
    part("WebRendering", ["CCMark"], linking: ":libcmark.a"),
    part("ApprovalTokens", ["CaseModel", "Digests", crypto]),
    part("DecisionIntake", ["CaseModel"]),
    part("DecisionLedger", ["CaseModel", "ApprovalTokens", "Digests", "DurableFiles"]),
    part("CaseStore", ["CaseModel", "ExportReading", "Digests", "DurableFiles", "CYaml"], linking: ":libyaml.a"),
    .target(name: "PageTemplates", path: "templates", resources: [.embedInCode("pages"), .embedInCode("assets"), .embedInCode("scripts"), .embedInCode("schemas"), .embedInCode("mails"), .embedInCode("archive"), .embedInCode("orders")]),
    // The specifications travel with every archive: what it holds can be read when this program is gone.
    .target(
      name: "FormatPages", path: "docs/formats", sources: ["FormatPages.swift"],
      resources: [
        "archive", "configuration", "decisions", "digest", "effect", "evidence", "file-signature", "json-output", "ledger",
        "neutral-export", "receipt", "result", "templates", "token", "work-order",
      ].map { .embedInCode("\($0).md") }),
    part("ReportSite", ["CaseModel", "WebRendering", "Digests", "DurableFiles"]),
    part("MailDigest", ["CaseModel", "WebRendering"]),
    part("WorkOrders", ["CaseModel", "Digests", "WebRendering"]),
    part(
      "CaseArchive",
      ["CaseModel", "ApprovalTokens", "DecisionLedger", "ExportReading", "Digests", "DurableFiles", "CZlib"],
      linking: ":libz.a"),
    .executableTarget(
      name: "countersign",
      dependencies: [
        "ByteText", "Digests", "DurableFiles", "CaseModel", "ExportReading", "WebRendering", "ApprovalTokens",
        "DecisionIntake", "DecisionLedger", "CaseStore", "PageTemplates", "ReportSite", "MailDigest", "WorkOrders",
        "CaseArchive", "FormatPages", argumentParser,
      ],
      swiftSettings: rules
    ),

    .target(
      name: "TestSupport", dependencies: ["ByteText", "DurableFiles"], path: "Tests/TestSupport", swiftSettings: rules),
    tests("ByteText"),
    tests("Digests"),
    tests("DurableFiles"),
    tests("CaseModel"),
    tests("ExportReading", ["CaseModel", "CZlib"]),
    tests("WebRendering"),
    tests("ApprovalTokens", ["CaseModel", "Digests", crypto]),
    tests("DecisionIntake", ["CaseModel"]),
    tests("DecisionLedger", ["CaseModel", "ApprovalTokens", "Digests", "DurableFiles"]),
    tests("CaseStore", ["CaseModel", "ExportReading", "Digests", "DurableFiles"]),
    tests(
      "ReportSite", ["CaseModel", "WebRendering", "Digests", "DurableFiles", "PageTemplates"], beside: ["Snapshots"]),
    tests("MailDigest", ["CaseModel", "WebRendering", "PageTemplates"]),
    // Optimised: its judge of PowerShell reads every string of the corpora in seventeen places.
    tests(
      "WorkOrders", ["CaseModel", "Digests", "WebRendering", "PageTemplates"], with: [.unsafeFlags(["-O"])]),
    tests("CaseArchive", ["CaseModel", "ApprovalTokens", "DecisionLedger", "Digests", "DurableFiles"]),
    // Black-box scripts that run the binary, built with it.
    .testTarget(
      name: "countersignTests", dependencies: ["countersign"], exclude: ["Scripts"], swiftSettings: rules),
  ],
  swiftLanguageModes: [.v6]
)
