package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import dev.comptroller.testkit.install.Chart;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class PodSecurityIT {
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

  private final Checkout checkout = Checkout.current();

  @Test
  void the_pods_of_the_chart_are_admitted_where_the_restricted_standard_is_enforced(
      ControlPlane controlPlane, FreshNamespace namespace) {
    KubernetesClient admin = controlPlane.admin();
    admin
        .namespaces()
        .withName(namespace.name())
        .edit(
            stored ->
                new NamespaceBuilder(stored)
                    .editMetadata()
                    .addToLabels(ENFORCE, "restricted")
                    .endMetadata()
                    .build());
    List<Pod> pods = pods(admin.getKubernetesVersion().getGitVersion());

    assertThat(Verdict.on(() -> create(admin, namespace, privileged(pods.getFirst()))).allowed())
        .as("the standard is enforced")
        .isFalse();
    assertThat(pods)
        .hasSize(2)
        .allSatisfy(
            pod -> assertThat(Verdict.on(() -> create(admin, namespace, pod)).message()).isEmpty());
  }

  private static void create(KubernetesClient admin, FreshNamespace namespace, Pod pod) {
    admin.pods().inNamespace(namespace.name()).resource(pod).dryRun().create();
  }

  private static Pod privileged(Pod pod) {
    return new PodBuilder(pod)
        .editSpec()
        .editFirstContainer()
        .withNewSecurityContext()
        .withPrivileged(true)
        .endSecurityContext()
        .endContainer()
        .endSpec()
        .build();
  }

  /** A pod of each Deployment; which account it runs under says nothing about its privileges. */
  private List<Pod> pods(String version) {
    return new Chart(
            checkout.path("charts/comptroller"),
            Comptroller.RELEASE,
            Comptroller.NAMESPACE,
            Map.of())
        .render(checkout.tool("helm"), version).stream()
            .filter(object -> object.getKind().equals("Deployment"))
            .map(object -> Serialization.unmarshal(Serialization.asJson(object), Deployment.class))
            .map(
                deployment ->
                    new PodBuilder()
                        .withNewMetadata()
                        .withName(deployment.getMetadata().getName())
                        .endMetadata()
                        .withSpec(deployment.getSpec().getTemplate().getSpec())
                        .editSpec()
                        .withServiceAccountName("default")
                        .endSpec()
                        .build())
            .toList();
  }
}
