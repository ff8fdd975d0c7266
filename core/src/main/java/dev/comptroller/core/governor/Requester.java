package dev.comptroller.core.governor;

import java.util.Set;

/** Who asks, as the API server authenticated them. */
public record Requester(String username, Set<String> groups) {
  /** Where nobody asks: the command line, and the operator looking again. */
  public static final Requester NOBODY = new Requester("", Set.of());

  public Requester {
    groups = Set.copyOf(groups);
  }
}
