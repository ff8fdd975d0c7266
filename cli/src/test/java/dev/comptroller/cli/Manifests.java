package dev.comptroller.cli;

/** Manifests that tests start from. */
final class Manifests {
  /** Two nodes of eight GPUs for four hours at most. */
  static final String RUN =
      """
      # The run of the assistant team.
      apiVersion: comptroller.dev/v1alpha1
      kind: TrainingRun
      metadata:
        name: sft
        namespace: nlp # where it runs
      spec:
        experiment: assistant
        owner: nlp-team
        purpose: "Fine-tune the assistant"
        stage: FineTune
        model: {name: assistant, version: 1.4.0}
        workload:
          apiVersion: batch/v1
          kind: Job
          spec:
            parallelism: 2
            completions: 2
            backoffLimit: 0
            activeDeadlineSeconds: 14400 # four hours
            template:
              spec:
                restartPolicy: Never
                terminationGracePeriodSeconds: 0
                containers:
                - name: train
                  image: registry.example.com/train@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                  args: [--epochs, "3"]
                  resources: {limits: {nvidia.com/gpu: 8}}
      """;

  static final String NOTES =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: notes, namespace: nlp}
      data: {'on': "yes"} # quoted for a reason
      """;

  /** An endpoint that has no end. */
  static final String ENDPOINT =
      """
      apiVersion: comptroller.dev/v1alpha1
      kind: ModelDeployment
      metadata: {name: credit, namespace: nlp}
      spec:
        owner: risk-ml
        model: {name: credit, version: 2.3.0, uri: s3://models/credit}
        runtime:
          image: registry.example.com/serve@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
          port: 8080
          resources: {limits: {nvidia.com/gpu: "1"}}
        scale: {min: 1, max: 2}
      """;

  private Manifests() {}

  /** Alice signs, bob approves what exceeds eight GPU-hours, up to the given amount. */
  static String policy(Shell shell, String upTo) {
    return """
        apiVersion: comptroller.dev/v1alpha1
        kind: GovernancePolicy
        metadata: {name: research}
        spec:
          namespaces: {include: ["*"], exclude: [kube-system]}
          enforcement: Enforce
          authorities:
          - name: ml-release
            keys:
            - name: alice-2026
              person: alice
              organization: research
              publicKey: |
        %s
          - name: compute-approvers
            keys:
            - name: bob-2026
              person: bob
              publicKey: |
        %s
          signing:
            objects: {authorities: [ml-release], signers: 1}
          compute:
            tiers:
            - {name: self-service, upTo: "8"}
            - {name: reviewed, upTo: "%s", approvals: {count: 1, authorities: [compute-approvers]}}
        """
        .formatted(
            shell.read("alice.pub.pem").strip().indent(8).stripTrailing(),
            shell.read("bob.pub.pem").strip().indent(8).stripTrailing(),
            upTo);
  }
}
