package dev.comptroller.core.signature;

import static dev.comptroller.core.signature.Person.keyring;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.ReasonCode;
import java.time.Instant;
import java.util.List;

/** Runs that tests sign, and how they are verified. */
final class SignedRun {
  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  static final String CLUSTER = "5f0a6b1e-0000-4000-8000-000000000001";

  private SignedRun() {}

  /** Whose signatures count of those of the authority ml-release. */
  static SignatureVerdict verify(
      KubernetesObject object, Keyring keyring, int signers, String cluster, Instant now) {
    return ObjectSignatures.verify(
        object, NormalForm.of(object), keyring, List.of("ml-release"), signers, cluster, now);
  }

  /** The only finding of a verdict. */
  static ReasonCode code(SignatureVerdict verdict) {
    assertThat(verdict.findings()).hasSize(1);
    return verdict.findings().getFirst().code();
  }

  /** The object as one of another kind. */
  static KubernetesObject withKind(KubernetesObject object, String apiVersion, String kind) {
    ObjectNode json = object.json().deepCopy();
    json.put("apiVersion", apiVersion).put("kind", kind);
    return new KubernetesObject(json);
  }

  /** A run; a part that is empty is left out. */
  static KubernetesObject run(String namespace, String name, String purpose) {
    KubernetesObject run =
        Manifest.of(
            """
            apiVersion: comptroller.dev/v1alpha1
            kind: TrainingRun
            metadata: {}
            spec: {purpose: "%s", workload: {apiVersion: batch/v1, kind: Job, spec: {parallelism: 1}}}
            """
                .formatted(purpose));
    ObjectNode metadata = (ObjectNode) run.metadata();
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    if (!name.isEmpty()) {
      metadata.put("name", name);
    }
    return run;
  }
}
