package dev.comptroller.core.governor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Tier;
import dev.comptroller.core.gpuhours.Amount;
import dev.comptroller.core.object.Digest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The document that Rego rules see as {@code input}. */
final class RuleInput {

  private RuleInput() {}

  /**
   * What is not known is absent, so that a rule which compares it is undefined and denies.
   *
   * <ul>
   *   <li>{@code operation}: CREATE or UPDATE; CREATE where an owner is judged again
   *   <li>{@code object}, {@code oldObject}: as stored; the old one for UPDATE of the object itself
   *   <li>{@code namespace}, {@code cluster}: the namespace, and the UID of kube-system
   *   <li>{@code policy}: the name of the policy
   *   <li>{@code gpuHours}: what a tier has to cover, as a number
   *   <li>{@code tier}: its name
   *   <li>{@code planDigest}, {@code signers}, {@code approvers}: as the status shows them
   *   <li>{@code user}: {@code name} and {@code groups} of who asks; absent for an owner judged
   *       again, the operator looking again, and the command line
   * </ul>
   */
  static ObjectNode of(
      Hearing hearing,
      Plan plan,
      String policy,
      Optional<Amount> amount,
      Optional<Tier> tier,
      Optional<Digest> digest,
      List<String> signers,
      List<String> approvers) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    Review review = hearing.review();
    input.put("operation", review.operation().name());
    input.set("object", plan.object().json());
    review.oldObject().ifPresent(old -> input.set("oldObject", old.json()));
    input.put("namespace", plan.object().namespace());
    input.put("cluster", hearing.cluster().clusterUid());
    input.put("policy", policy);
    amount
        .filter(hours -> !hours.isSaturated())
        .ifPresent(hours -> input.put("gpuHours", new BigDecimal(hours.toGpuHours())));
    tier.ifPresent(found -> input.put("tier", found.name()));
    digest.ifPresent(found -> input.put("planDigest", found.value()));
    signers.forEach(input.putArray("signers")::add);
    approvers.forEach(input.putArray("approvers")::add);
    if (!review.requester().username().isEmpty()) {
      ObjectNode user = input.putObject("user").put("name", review.requester().username());
      review.requester().groups().stream().sorted().forEach(user.putArray("groups")::add);
    }
    return input;
  }
}
