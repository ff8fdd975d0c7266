package dev.comptroller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.api.v1alpha1.Enforcement;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.object.Lookup;
import dev.comptroller.core.object.ObjectKey;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileClusterViewTest {
  private static final String POLICY =
      """
      apiVersion: comptroller.dev/v1alpha1
      kind: GovernancePolicy
      metadata: {name: research}
      spec:
        namespaces: {include: ["*"]}
        enforcement: Warn
        signing: {}
        compute: {tiers: []}
      """;
  private static final String APPROVAL =
      """
      apiVersion: comptroller.dev/v1alpha1
      kind: Approval
      metadata: {name: yes, namespace: team}
      spec: {}
      """;
  private static final String SYSTEM =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: kube-system, uid: 6f1c}
      """;

  @Test
  void it_holds_what_the_manifests_hold_and_nothing_else() {
    FileClusterView view = view(POLICY + "---\n" + APPROVAL + "---\n" + SYSTEM);
    assertThat(view.policies())
        .singleElement()
        .satisfies(
            policy -> {
              assertThat(policy.getMetadata().getName()).isEqualTo("research");
              assertThat(policy.getSpec().enforcement()).isEqualTo(Enforcement.Warn);
            });
    assertThat(view.clusterUid()).isEqualTo("6f1c");
    assertThat(approvals(view, "team")).extracting(KubernetesObject::name).containsExactly("yes");
    assertThat(approvals(view, "other")).isEmpty();
    assertThat(view.object(new ObjectKey("v1", "Namespace", "", "kube-system")))
        .isInstanceOf(Lookup.Found.class);
    assertThat(view.object(new ObjectKey("v1", "Pod", "team", "absent")))
        .isEqualTo(new Lookup.Missing<>());
  }

  @Test
  void a_misspelt_field_of_a_policy_is_named() {
    assertThatThrownBy(() -> view(POLICY.replace("enforcement", "enforcment")))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageStartingWith(
            "GovernancePolicy research: /spec/enforcment: found the unknown field enforcment,"
                + " required one of ")
        .hasMessageContaining("enforcement");
  }

  @Test
  void a_value_that_a_policy_cannot_have_is_named() {
    assertThatThrownBy(() -> view(POLICY.replace("Warn", "Perhaps")))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageStartingWith("GovernancePolicy research: /spec/enforcement: found");
  }

  @Test
  void identities_are_read_as_the_chart_writes_them() {
    var identities =
        ControllerIdentitiesReader.read(
            "controllers.yaml",
            """
            batch/Job: ["system:serviceaccount:kube-system:job-controller"]
            comptroller.dev/TrainingRun:
            - system:serviceaccount:comptroller:operator
            """);
    assertThat(
            identities.creates("batch", "Job", "system:serviceaccount:kube-system:job-controller"))
        .isTrue();
    assertThat(identities.creates("batch", "Job", "system:serviceaccount:comptroller:operator"))
        .isFalse();
    assertThatThrownBy(() -> ControllerIdentitiesReader.read("controllers.yaml", "Job: admin"))
        .hasMessage(
            "controllers.yaml: Job: found no list of names, required at least one user name");
    assertThatThrownBy(() -> ControllerIdentitiesReader.read("controllers.yaml", "job: [a]"))
        .hasMessageContaining("found the key job, required group/Kind");
  }

  private static FileClusterView view(String manifests) {
    return new FileClusterView(
        ManifestReader.read("view.yaml", manifests), "", ControllerIdentitiesReader.defaults());
  }

  private static List<KubernetesObject> approvals(FileClusterView view, String namespace) {
    return switch (view.approvals(namespace)) {
      case Lookup.Found<List<KubernetesObject>>(var found) -> found;
      case Lookup.Missing<List<KubernetesObject>> missing -> List.of();
      case Lookup.Unavailable<List<KubernetesObject>> unavailable -> List.of();
    };
  }
}
