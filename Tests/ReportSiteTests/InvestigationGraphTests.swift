import ByteText
import CaseModel
import Testing
import WebRendering

@testable import ReportSite

@Suite struct InvestigationGraphTests {
  typealias Box = InvestigationLayout.Box

  private func text(_ html: HTML) -> String { String(decoding: html.bytes, as: UTF8.self) }

  private func models() throws -> [CasePageModel] { try DrawingSamples.all().map(\.model) }

  // MARK: - Safety

  @Test func keepsHostileTextText() throws {
    let known: Set<String> = [
      "a", "bdi", "desc", "details", "div", "g", "li", "p", "path", "rect", "summary", "svg", "text", "title", "ul",
    ]
    let attributes: Set<String> = [
      "aria-hidden", "aria-label", "aria-labelledby", "class", "d", "height", "href", "id", "role", "rx", "tabindex",
      "viewBox", "width", "x", "y",
    ]
    for model in try models() {
      let html = text(InvestigationGraph.html(model))
      let tags = DrawingSamples.tags(html)
      #expect(known.isSuperset(of: tags.keys), "\(tags.keys.sorted())")
      for (tag, counts) in tags where tag != "path" && tag != "rect" { #expect(counts.open == counts.close, "\(tag)") }
      let names = DrawingSamples.attributeNames(html)
      #expect(attributes.isSuperset(of: names), "\(names.sorted())")
      #expect(DrawingSamples.attributes("id", html) == ["graph-title", "graph-desc"])
      for link in DrawingSamples.attributes("href", html) { #expect(link.hasPrefix("../../a/")) }
      // Nothing that starts a URL is left, and nothing that a reader would not see.
      #expect(!html.contains("http"))
      #expect(html.unicodeScalars.allSatisfy { $0.value != 0x202E && $0.value != 0x200B })
    }
  }

  @Test func drawsTheSameTagsForHostileAndHarmlessText() throws {
    let hostile = try Samples.hostile()
    var harmless = hostile
    harmless.case.investigation.name = "A name"
    for index in harmless.case.investigation.alerts.indices {
      harmless.case.investigation.alerts[index].title = "Alert"
    }
    let (bad, good) = (text(InvestigationGraph.html(hostile)), text(InvestigationGraph.html(harmless)))
    // The name takes more lines; every other element is there once, whatever the text.
    var (badTags, goodTags) = (DrawingSamples.tags(bad), DrawingSamples.tags(good))
    badTags["text"] = nil
    goodTags["text"] = nil
    #expect(badTags.mapValues(\.open) == goodTags.mapValues(\.open))
    #expect(bad.contains("&lt;/title&gt;&lt;script&gt;alert(1)"))
  }

  // MARK: - Geometry

  /// Every node but the panels.
  private func nodes(_ layout: InvestigationLayout) -> [Box] {
    layout.alerts + [layout.moreAlerts, layout.moreActions].compactMap { $0 } + [layout.investigation] + layout.actions
      + layout.panels.flatMap { $0.members + [$0.more].compactMap { $0 } }
  }

  private func overlap(_ one: Box, _ other: Box) -> Bool {
    one.x < other.right && other.x < one.right && one.y < other.bottom && other.y < one.bottom
  }

  @Test func drawsNoNodeOverAnother() throws {
    for model in try models() {
      let layout = InvestigationGraph(model).layout
      for boxes in [nodes(layout), layout.panels.map(\.frame)] {
        for (index, box) in boxes.enumerated() {
          #expect(box.x >= 0 && box.right <= InvestigationLayout.width)
          #expect(box.y >= InvestigationLayout.top && box.bottom <= layout.height)
          for other in boxes[(index + 1)...] { #expect(!overlap(box, other)) }
        }
      }
      for panel in layout.panels {
        for box in panel.members + [panel.more].compactMap({ $0 }) {
          #expect(box.x > panel.frame.x && box.right < panel.frame.right)
          #expect(box.y > panel.frame.y && box.bottom < panel.frame.bottom)
        }
      }
    }
  }

  @Test func endsEveryEdgeOnANode() throws {
    for model in try models() {
      let graph = InvestigationGraph(model)
      let layout = graph.layout
      let boxes = nodes(layout) + layout.panels.map(\.frame)
      for edge in layout.story + layout.effects {
        #expect(boxes.contains { $0.right == edge.fromX && $0.middle == edge.fromY })
        #expect(boxes.contains { $0.x == edge.toX && $0.middle == edge.toY })
        #expect(edge.fromX < edge.toX)
      }
      #expect(layout.effects.count == graph.cast.actions.reduce(0) { $0 + $1.targets.count })
      #expect(
        layout.story.count == layout.alerts.count + (graph.cast.moreAlerts > 0 ? 1 : 0) + graph.cast.groups.count)
    }
  }

  @Test func drawsTheSameBytesAgain() throws {
    for (one, other) in zip(try models(), try models()) {
      #expect(InvestigationGraph.html(one) == InvestigationGraph.html(other))
    }
  }

  // MARK: - What is drawn

  @Test func countsWhatItDoesNotDraw() throws {
    let model = try DrawingSamples.large()
    let cast = InvestigationCast(model)
    #expect(cast.groups.reduce(0) { $0 + $1.members.count } == InvestigationCast.entityLimit)
    for group in cast.groups {
      let all = model.case.investigation.entities.count { GraphType($0.type.known) == group.type }
      #expect(group.members.count + group.more == all)
      #expect(group.members.count <= InvestigationCast.typeLimit)
    }
    #expect(cast.alerts.count + cast.moreAlerts == 9)
    #expect(cast.actions.count + cast.moreActions == 14)
    #expect(cast.actions.count { $0.model.isPending } == cast.actions.count)
    let html = text(InvestigationGraph.html(model))
    for words in ["and 46 more files", "and 3 more alerts", "and 4 more actions"] {
      #expect(html.components(of: words) == 2, "once in the picture, once in the text: \(words)")
    }
  }

  @Test(
    arguments: [
      ([], []), ([3, 2], [3, 2]), ([300, 2], [7, 2]), ([9, 9, 9, 9], [6, 6, 6, 6]), ([7, 7, 7, 7], [6, 6, 6, 6]),
      ([300, 300, 300, 300, 1], [6, 6, 6, 5, 1]), ([5, 5, 5, 5, 5], [5, 5, 5, 5, 4]),
    ] as [([Int], [Int])])
  func sharesTheRoomAmongTypes(_ counts: [Int], _ quotas: [Int]) {
    #expect(InvestigationCast.quotas(counts) == quotas)
  }

  @Test func saysInTextWhatItDraws() throws {
    for model in try models() {
      let graph = InvestigationGraph(model)
      let html = text(InvestigationGraph.html(model))
      let list = try #require(html.split(separator: "<details>").last).description
      var lines = graph.cast.alerts.count + graph.cast.actions.count
      lines += [graph.cast.moreAlerts, graph.cast.moreActions].count { $0 > 0 }
      lines += graph.cast.groups.reduce(0) { $0 + $1.members.count + ($1.more > 0 ? 1 : 0) }
      #expect(list.components(of: "<li>") == max(1, lines))
      for group in graph.cast.groups {
        for member in group.members {
          let name = text("<bdi>\(text: member.name)</bdi>")
          let verdict = String(describing: Words.short(member.entity.verdict).words)
          #expect(list.contains("\(name) (\(verdict))"))
        }
      }
      for action in graph.cast.actions {
        let named = action.targets.count { $0.member < graph.cast.groups[$0.group].members.count }
        #expect(named + action.more == action.model.action.action.targets.count)
      }
    }
    let phish = text(InvestigationGraph.html(try Samples.invoicePhish()))
    #expect(
      phish.contains(
        "Block URL (time of click)</bdi></a> acts on "
          + "<bdi>hxxps[://]invoice-larkfield[.]example[.]net/pay?id=88231&amp;user=finance</bdi>, Pending</li>"))
  }

  @Test func drawsACaseOfNothing() throws {
    let html = text(InvestigationGraph.html(try Samples.quietReport()))
    for words in ["No alert named", "No entity named", "No action named"] { #expect(html.contains(words)) }
    #expect(!html.contains("<path class=\"wire"))
    #expect(html.contains("<li>The records name no alert, no entity and no action</li>"))
  }

  @Test func linksOnlyActionsThatHaveAPage() throws {
    var model = try Samples.remediated()
    #expect(text(InvestigationGraph.html(model)).components(of: "<a href=") == 6)
    model.actions[0].action.wasEverUndecided = false
    #expect(text(InvestigationGraph.html(model)).components(of: "<a href=") == 4)
  }
}

/// Which entity an action's target is: an edge may only lead from what the action names.
@Suite struct EntityIndexTests {
  private func message(_ id: ByteString, _ network: ByteString?, _ verdict: Verdict = .malicious) -> Entity {
    var entity = DrawingSamples.entity(.mailMessage, .subject, "Invoice", verdict)
    entity.sourceID = id
    if let network { entity.fields.append(.init(.networkMessageID, .text(network))) }
    return entity
  }

  private func place(_ target: Entity, _ entities: [Entity]) -> Int {
    var entities = entities
    var index = EntityIndex(entities)
    return index.place(of: target, in: &entities)
  }

  @Test func findsATargetThatWasWrittenOutAgain() {
    let listed = [message("m1", "n1"), message("m2", "n2"), message("", "n3")]
    for (index, entity) in listed.enumerated() { #expect(place(entity, listed) == index) }
    #expect(place(message("m2", nil, .suspicious), listed) == 1)
    #expect(place(message("", "n2"), listed) == 1)
    #expect(place(message("m9", "n3"), listed) == 2)
  }

  @Test func takesNoOtherEntityOfTheSameName() {
    let listed = [message("m1", "n1"), message("m2", "n2")]
    #expect(place(message("m3", "n1"), listed) == 2)
    #expect(place(message("", "n9"), listed) == 2)
    #expect(place(DrawingSamples.entity(.file, .fileName, "Invoice", .malicious), listed) == 2)
  }

  @Test func findsATargetNamedByItsIdAlone() {
    let listed = [message("m1", "n1"), message("m2", "n2")]
    let target = Entity(sourceID: "m2", type: Recognised(.mailMessage, raw: "mail"))
    #expect(place(target, listed) == 1)
    #expect(place(Entity(sourceID: "m3", type: target.type), listed) == 2)
  }

  @Test func putsATargetThatNobodyListedAfterTheOthers() {
    var entities = [message("m1", "n1")]
    var index = EntityIndex(entities)
    let other = message("m9", "n9")
    #expect(index.place(of: other, in: &entities) == 1)
    #expect(index.place(of: other, in: &entities) == 1)
    #expect(entities.count == 2)
  }
}
