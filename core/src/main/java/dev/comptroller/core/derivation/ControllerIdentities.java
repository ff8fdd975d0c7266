package dev.comptroller.core.derivation;

import java.util.Map;
import java.util.Set;

/**
 * Which users create children of which owners.
 *
 * @param usersByOwnerKind user names by {@code group/Kind} of the owner ({@code batch/Job}, {@code
 *     comptroller.dev/TrainingRun}; core group without slash)
 */
public record ControllerIdentities(Map<String, Set<String>> usersByOwnerKind) {

  public ControllerIdentities {
    usersByOwnerKind = Map.copyOf(usersByOwnerKind);
  }

  /** Whether this user is the controller that creates children of this kind of owner. */
  public boolean creates(String group, String ownerKind, String username) {
    String key = group.isEmpty() ? ownerKind : group + "/" + ownerKind;
    return usersByOwnerKind.getOrDefault(key, Set.of()).contains(username);
  }
}
