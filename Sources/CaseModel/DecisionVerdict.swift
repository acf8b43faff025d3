/// The two things a reviewer can say.
public enum DecisionVerdict: String, Hashable, Sendable, CaseIterable {
  case approve
  case reject
}
