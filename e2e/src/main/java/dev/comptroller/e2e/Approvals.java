package dev.comptroller.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Approvals of plans, for somebody to sign. */
public final class Approvals {
  private Approvals() {}

  /**
   * An approval in the namespace of what it is for, which nobody has signed.
   *
   * @param cluster UID of the namespace kube-system
   * @param expires when it ends, of which whole seconds count
   */
  public static ObjectNode of(
      String name, ObjectNode subject, String gpuHours, String cluster, Instant expires) {
    KubernetesObject plan = new KubernetesObject(subject);
    ObjectNode approval = JsonNodeFactory.instance.objectNode();
    approval.put("apiVersion", Api.API_VERSION).put("kind", "Approval");
    approval.putObject("metadata").put("name", name).put("namespace", plan.namespace());
    ObjectNode spec = approval.putObject("spec");
    spec.putObject("subject")
        .put("kind", plan.kind())
        .put("name", plan.name())
        .put("planDigest", NormalForm.of(plan).digest().value());
    spec.put("gpuHours", gpuHours)
        .put("cluster", cluster)
        .put("reason", "Planned in the compute review")
        .put("expires", timestamp(expires));
    return approval;
  }

  /** A time as approvals write it. */
  static String timestamp(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
