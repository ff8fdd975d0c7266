package dev.comptroller.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.ObjectKey;
import dev.comptroller.core.signature.VerificationKey;
import java.time.Instant;
import java.util.Optional;

/**
 * The plan that an approval is for.
 *
 * @param subject the object whose plan it is
 * @param digest the plan's digest
 * @param gpuHours the most it may consume, a decimal string
 */
record ApprovedPlan(ObjectKey subject, Digest digest, String gpuHours) {
  private static final int MAX_SUBJECT = 200;
  private static final int DIGITS = 8;

  /**
   * Under which terms it is approved.
   *
   * @param cluster UID of the cluster's namespace kube-system
   * @param expires until when, this instant excluded
   */
  record Terms(
      String cluster,
      String reason,
      Optional<String> ticket,
      Optional<Instant> notBefore,
      Instant expires) {}

  /** A name that another plan, and another approver, will not have. */
  String defaultName(VerificationKey approver) {
    String start = subject.name();
    return (start.length() > MAX_SUBJECT ? start.substring(0, MAX_SUBJECT) + "x" : start)
        + "-"
        + digest.hex().substring(0, DIGITS)
        + "-"
        + approver.digest().hex().substring(0, DIGITS);
  }

  /** The approval, not yet signed. */
  KubernetesObject approval(String name, Terms terms) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("apiVersion", Api.API_VERSION).put("kind", "Approval");
    json.putObject("metadata").put("name", name).put("namespace", subject.namespace());
    ObjectNode spec = json.putObject("spec");
    spec.putObject("subject")
        .put("kind", subject.kind())
        .put("name", subject.name())
        .put("planDigest", digest.value());
    spec.put("gpuHours", gpuHours).put("cluster", terms.cluster()).put("reason", terms.reason());
    terms.ticket().ifPresent(ticket -> spec.put("ticket", ticket));
    terms.notBefore().ifPresent(time -> spec.put("notBefore", time.toString()));
    spec.put("expires", terms.expires().toString());
    return new KubernetesObject(json);
  }
}
