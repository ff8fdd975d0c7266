package dev.comptroller.core.governor;

import dev.comptroller.api.v1alpha1.GovernancePolicy;
import dev.comptroller.api.v1alpha1.Interactive;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Decision;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges exec and attach, which run what nobody signed on accelerators that somebody approved. */
final class InteractiveReview {
  private static final Set<String> SUBRESOURCES = Set.of("exec", "attach");

  private InteractiveReview() {}

  static Decision judge(Hearing hearing) {
    Review review = hearing.review();
    if (!SUBRESOURCES.contains(review.subresource())) {
      return Verdict.ALLOWED;
    }
    List<GovernancePolicy> closed =
        hearing.policies().stream()
            .filter(policy -> policy.getSpec().interactive() != Interactive.Allow)
            .toList();
    if (closed.isEmpty()) {
      return Verdict.ALLOWED;
    }
    Optional<KubernetesObject> pod = hearing.object(review.target());
    var accelerators = hearing.cluster().accelerators();
    if (pod.isPresent() && !Plan.of(pod.get(), hearing.cluster()).isOfInterest(accelerators)) {
      return Verdict.ALLOWED;
    }
    String found =
        review.subresource()
            + (pod.isPresent() ? " into a governed accelerator pod" : " into no known pod");
    return Verdict.under(
        closed,
        new Finding(
            ReasonCode.InteractiveDenied,
            "",
            found,
            "no exec or attach, as the policy " + names(closed) + " says",
            "read the logs, or ask a cluster admin for a policy with interactive: Allow"));
  }

  private static String names(List<GovernancePolicy> policies) {
    return String.join(", ", policies.stream().map(p -> p.getMetadata().getName()).toList());
  }
}
