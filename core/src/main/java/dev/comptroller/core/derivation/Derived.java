package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.core.normalform.Differences;
import dev.comptroller.core.normalform.Differences.Difference;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.object.OwnerReference;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.Surroundings;
import java.util.Optional;
import java.util.Set;

/**
 * The object was made from its owner by the identity that makes such objects, and says nothing that
 * its owner does not stand for.
 */
public record Derived() implements DerivationVerdict {
  private static final String OWNERS = "/metadata/ownerReferences";

  /** Conditions after which a Job's controller makes no more pods. */
  private static final Set<String> FINISHED =
      Set.of("Complete", "Failed", "SuccessCriteriaMet", "FailureTarget");

  /**
   * Judges whether a child is what its owner stands for. Whether the owner itself may exist is
   * another question.
   *
   * @param child the object as it would be stored
   * @param owner the object that the child's controller reference names, as the cluster holds it
   * @param username who asks for the child
   * @param identities which users create children of which owners
   * @param around what the pods of owner and child depend on beside the two
   * @throws IllegalArgumentException if an object's spec cannot be read
   */
  public static DerivationVerdict check(
      KubernetesObject child,
      KubernetesObject owner,
      String username,
      ControllerIdentities identities,
      Surroundings around) {
    return notOwned(child, owner)
        .or(() -> notLive(owner))
        .or(() -> notMadeBy(owner, username, identities))
        .or(() -> notStoodFor(child, owner, around))
        .<DerivationVerdict>map(NotDerived::new)
        .orElseGet(Derived::new);
  }

  /** Whether it can be judged what owners of a kind make of themselves. */
  public static boolean knowsChildrenOf(String apiVersion, String kind) {
    return Relation.BY_OWNER.containsKey(apiVersion + " " + kind)
        || ControlledPods.areDescribedBy(new ObjectKey(apiVersion, kind, "", "").groupAndKind());
  }

  private static Optional<Finding> notOwned(KubernetesObject child, KubernetesObject owner) {
    OwnerReference none = new OwnerReference("", "", "", "");
    OwnerReference found = child.controller().orElse(none);
    boolean owned =
        !owner.uid().isEmpty()
            && found.uid().equals(owner.uid())
            && found.name().equals(owner.name())
            && found.kind().equals(owner.kind())
            && group(found.apiVersion()).equals(owner.key().group())
            && child.namespace().equals(owner.namespace());
    return owned
        ? Optional.empty()
        : finding(
            OWNERS,
            found.equals(none) ? "no controller" : found.kind() + " " + named(found),
            "the controller " + owner.key() + " of UID " + owner.uid());
  }

  private static String named(OwnerReference reference) {
    return reference.name() + " of UID " + reference.uid();
  }

  private static String group(String apiVersion) {
    return new ObjectKey(apiVersion, "", "", "").group();
  }

  private static Optional<Finding> notLive(KubernetesObject owner) {
    if (owner.deleting()) {
      return finding(OWNERS, owner.key() + ", which is being deleted", "a live owner");
    }
    for (JsonNode condition : owner.json().at("/status/conditions")) {
      String type = condition.path("type").asText();
      if (owner.kind().equals("Job")
          && FINISHED.contains(type)
          && condition.path("status").asText().equals("True")) {
        return finding(OWNERS, owner.key() + ", which is " + type, "an owner that still runs");
      }
    }
    return Optional.empty();
  }

  private static Optional<Finding> notMadeBy(
      KubernetesObject owner, String username, ControllerIdentities identities) {
    return identities.creates(owner.key().group(), owner.kind(), username)
        ? Optional.empty()
        : finding(OWNERS, "made by " + username, "made by the controller of " + owner.key());
  }

  private static Optional<Finding> notStoodFor(
      KubernetesObject child, KubernetesObject owner, Surroundings around) {
    Optional<Relation> relation = Relation.between(child, owner);
    if (relation.isPresent()) {
      Relation.Comparison sides = relation.get().compare(child, owner);
      return Differences.first(sides.found(), sides.required())
          .flatMap(difference -> finding(difference, owner));
    }
    return ControlledPods.areOf(owner.key().groupAndKind(), child.key().groupAndKind())
        ? ControlledPods.difference(child, owner, around)
            .flatMap(difference -> finding(difference, owner))
        : finding(
            OWNERS,
            owner.kind() + " as owner of a " + child.kind(),
            "an owner that has such children");
  }

  private static Optional<Finding> finding(Difference difference, KubernetesObject owner) {
    return finding(
        difference.pointer(),
        described(difference, difference.found()),
        described(difference, difference.required()) + ", as " + owner.key() + " says");
  }

  /** Values of variables may be secret, and whole objects help nobody. */
  private static String described(Difference difference, JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING -> "nothing";
      case OBJECT -> "an object";
      case ARRAY -> "a list of " + value.size();
      case STRING, NUMBER, BOOLEAN, NULL, BINARY, POJO ->
          difference.pointer().contains("/env/") ? "another value" : value.asText();
    };
  }

  private static Optional<Finding> finding(String pointer, String found, String required) {
    return Optional.of(
        new Finding(
            ReasonCode.NotDerived,
            pointer,
            found,
            required,
            "change the owner, or create the object without a controller and sign it"));
  }
}
