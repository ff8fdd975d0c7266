package dev.comptroller.core.governor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import java.util.Optional;
import java.util.function.Consumer;

/** The objects that the decision table speaks of. */
final class Examples {
  static final String IMAGE = "registry.example.com/train@sha256:" + "a".repeat(64);

  private Examples() {}

  /** Alice may sign plans; Bob and Carol may approve them; Alice is an approver too. */
  static String policy() {
    return """
        apiVersion: comptroller.dev/v1alpha1
        kind: GovernancePolicy
        metadata: {name: research}
        spec:
          namespaces: {include: [team], exclude: []}
          enforcement: Enforce
          authorities:
          - name: ml-release
            keys:
            - name: alice
              person: alice
              organization: research
              publicKey: |
        %s
          - name: approvers
            keys:
            - name: alice-approver
              person: alice
              organization: research
              publicKey: |
        %s
            - name: bob
              person: bob
              organization: safety
              publicKey: |
        %s
            - name: carol
              person: carol
              organization: safety
              publicKey: |
        %s
          signing:
            objects: {authorities: [ml-release], signers: 1}
          compute:
            whenUnapproved: Deny
            tiers:
            - {name: self-service, upTo: "8"}
            - {name: reviewed, upTo: "500", approvals: {count: 1, authorities: [approvers]}}
        """
        .formatted(
            Person.ALICE.indentedPem(16),
            Person.ALICE.indentedPem(16),
            Person.BOB.indentedPem(16),
            Person.CAROL.indentedPem(16));
  }

  /** A run of one accelerator for so many seconds. */
  static KubernetesObject run(String name, long seconds) {
    return run(name, "{activeDeadlineSeconds: %d,".formatted(seconds));
  }

  private static KubernetesObject run(String name, String jobStart) {
    return Manifest.of(
        """
        apiVersion: comptroller.dev/v1alpha1
        kind: TrainingRun
        metadata: {name: %s, namespace: team, uid: uid-%s}
        spec:
          experiment: assistant
          owner: nlp
          purpose: Fine-tune the assistant
          stage: FineTune
          model: {name: assistant, version: 1.0.0}
          source: {repository: "https://git.example.com/sft", commit: "%s"}
          workload:
            apiVersion: batch/v1
            kind: Job
            spec: %s backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [
              {name: main, image: "%s", resources: {limits: {nvidia.com/gpu: "1"}}}]}}}
        """
            .formatted(name, name, "c".repeat(40), jobStart, IMAGE));
  }

  /** A run whose Job has no deadline. */
  static KubernetesObject runWithoutDeadline(String name) {
    return run(name, "{");
  }

  /** A plain Job of one accelerator for an hour. */
  static KubernetesObject job(String name) {
    return Manifest.of(
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: %s, namespace: team, uid: uid-%s}
        spec:
          activeDeadlineSeconds: 3600
          backoffLimit: 0
          template:
            spec:
              restartPolicy: Never
              containers:
              - {name: main, image: "%s", resources: {limits: {nvidia.com/gpu: "1"}}}
        """
            .formatted(name, name, IMAGE));
  }

  /** A Deployment of two pods with an accelerator each. */
  static KubernetesObject deployment(String name) {
    return Manifest.of(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, namespace: team, uid: uid-%s}
        spec:
          replicas: 2
          strategy: {type: Recreate}
          selector: {matchLabels: {app: serve}}
          template:
            metadata: {labels: {app: serve}}
            spec:
              containers:
              - {name: main, image: "%s", resources: {limits: {nvidia.com/gpu: "1"}}}
        """
            .formatted(name, name, IMAGE));
  }

  /** An approval of this plan for so many GPU-hours, not yet signed. */
  static KubernetesObject approval(String name, KubernetesObject plan, String gpuHours) {
    return Manifest.of(
        """
        apiVersion: comptroller.dev/v1alpha1
        kind: Approval
        metadata: {name: %s, namespace: team}
        spec:
          subject: {kind: %s, name: %s, planDigest: "%s"}
          gpuHours: "%s"
          cluster: %s
          reason: Planned
          expires: "2026-12-01T00:00:00Z"
        """
            .formatted(
                name,
                plan.kind(),
                plan.name(),
                NormalForm.of(plan).digest(),
                gpuHours,
                TestCluster.UID));
  }

  /** The wish that an object has so many replicas, by its scale subresource. */
  static Review scale(KubernetesObject parent, int replicas, Requester requester) {
    KubernetesObject scale =
        Manifest.of(
            """
            apiVersion: autoscaling/v1
            kind: Scale
            metadata: {name: %s, namespace: team}
            spec: {replicas: %d}
            """
                .formatted(parent.name(), replicas));
    return new Review(
        Operation.UPDATE,
        parent.key(),
        "scale",
        Optional.of(scale),
        Optional.of(scale),
        Optional.empty(),
        requester);
  }

  /** A copy with something changed. */
  static KubernetesObject changed(KubernetesObject object, Consumer<ObjectNode> change) {
    ObjectNode json = object.json().deepCopy();
    change.accept(json);
    return new KubernetesObject(json);
  }
}
