package dev.comptroller.e2e;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.core.workload.kind.Kind;
import dev.comptroller.core.workload.kind.Kinds;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.install.Chart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartIT {
  private static final String VERSION = "v1.36.0";

  private final Checkout checkout = Checkout.current();
  private final Path helm = checkout.tool("helm");

  @Test
  void the_operator_may_read_no_secret_by_default() {
    assertThat(Permission.granted(render(Map.of()), "comptroller-operator"))
        .isNotEmpty()
        .extracting(Permission::resource)
        .doesNotContain("secrets");
  }

  @Test
  void the_operator_may_get_secrets_where_it_is_to_grant_that() {
    List<GenericKubernetesResource> objects = render(Map.of("secrets", Map.of("apiAccess", true)));

    assertThat(Permission.granted(objects, "comptroller-operator"))
        .filteredOn(permission -> permission.resource().equals("secrets"))
        .containsExactly(new Permission("", "secrets", "get"));
  }

  @Test
  void nobody_is_granted_everything() {
    assertThat(Permission.granted(render(Map.of()), "comptroller"))
        .noneMatch(
            permission ->
                permission.verb().equals("*")
                    || permission.resource().contains("*")
                    || permission.group().equals("*"))
        .extracting(Permission::verb)
        .doesNotContain("escalate", "bind", "impersonate");
  }

  @Test
  void secrets_are_read_only_in_the_namespaces_that_are_named() {
    List<GenericKubernetesResource> objects =
        render(Map.of("secrets", Map.of("checkedNamespaces", List.of("team-a", "team-b"))));

    assertThat(objects)
        .filteredOn(object -> object.getMetadata().getName().equals("comptroller-operator-secrets"))
        .filteredOn(object -> object.getKind().equals("Role"))
        .extracting(object -> object.getMetadata().getNamespace())
        .containsExactlyInAnyOrder("team-a", "team-b");
  }

  @Test
  void every_kind_that_runs_pods_is_reviewed_also_when_it_is_deleted_without_its_children() {
    Set<String> kinds =
        Stream.concat(
                Kinds.READ.stream().map(Kind::resource),
                Kinds.UNREAD.stream().map(kind -> kind.toLowerCase(Locale.ROOT) + "s"))
            .collect(toSet());
    assertThat(reviewed("CREATE")).containsAll(kinds);
    assertThat(reviewed("UPDATE")).containsAll(kinds);
    // A pod has no children.
    kinds.remove("/pods");
    assertThat(reviewed("DELETE")).containsAll(kinds);
  }

  private Set<String> reviewed(String operation) {
    return render(Map.of()).stream()
        .filter(object -> object.getKind().equals("ValidatingWebhookConfiguration"))
        .map(
            object ->
                Serialization.unmarshal(
                    Serialization.asJson(object), ValidatingWebhookConfiguration.class))
        .flatMap(configuration -> configuration.getWebhooks().stream())
        .flatMap(webhook -> webhook.getRules().stream())
        .filter(rule -> rule.getOperations().contains(operation))
        .flatMap(
            rule ->
                rule.getApiGroups().stream()
                    .flatMap(
                        group ->
                            rule.getResources().stream().map(resource -> group + "/" + resource)))
        .collect(toSet());
  }

  @Test
  void only_the_webhook_asks_for_owners_whose_controller_is_named() {
    List<GenericKubernetesResource> objects =
        render(Map.of("controllers", Map.of("jobset.x-k8s.io/JobSet", List.of("its-controller"))));
    Permission asking = new Permission("jobset.x-k8s.io", "jobsets", "get");

    assertThat(Permission.granted(objects, "comptroller-webhook")).contains(asking);
    assertThat(Permission.granted(objects, "comptroller-operator")).doesNotContain(asking);
    assertThat(Permission.granted(render(Map.of()), "comptroller-webhook")).doesNotContain(asking);
  }

  @Test
  void an_unknown_value_is_refused_by_name() {
    assertThatThrownBy(() -> render(Map.of("operator", Map.of("replica", 3))))
        .hasMessageContaining("replica");
  }

  @Test
  void nobody_reaches_operator_and_webhook_but_for_reviews() {
    assertThat(networkPolicies(Map.of()))
        .allSatisfy(policy -> assertThat(policy.getSpec().getPolicyTypes()).contains("Ingress"))
        .flatExtracting(policy -> policy.getSpec().getIngress())
        .singleElement()
        .satisfies(
            rule -> assertThat(rule.getPorts().getFirst().getPort().getStrVal()).isEqualTo("https"))
        .satisfies(rule -> assertThat(rule.getFrom()).isEmpty());
  }

  @Test
  void where_api_servers_are_named_nobody_else_is_talked_to() {
    assertThat(networkPolicies(Map.of("apiServers", List.of("10.0.0.0/28"))))
        .hasSize(2)
        .allSatisfy(
            policy ->
                assertThat(policy.getSpec().getEgress())
                    .flatExtracting(NetworkPolicyEgressRule::getTo)
                    .singleElement()
                    .satisfies(
                        peer -> assertThat(peer.getIpBlock().getCidr()).isEqualTo("10.0.0.0/28")))
        .flatExtracting(policy -> policy.getSpec().getIngress())
        .flatExtracting(NetworkPolicyIngressRule::getFrom)
        .extracting(peer -> peer.getIpBlock().getCidr())
        .containsExactly("10.0.0.0/28");
  }

  private List<NetworkPolicy> networkPolicies(Map<String, Object> values) {
    return render(Map.of("networkPolicy", values)).stream()
        .filter(object -> object.getKind().equals("NetworkPolicy"))
        .map(object -> Serialization.unmarshal(Serialization.asJson(object), NetworkPolicy.class))
        .toList();
  }

  private List<GenericKubernetesResource> render(Map<String, Object> values) {
    return new Chart(
            checkout.path("charts/comptroller"), Comptroller.RELEASE, Comptroller.NAMESPACE, values)
        .render(helm, VERSION);
  }
}
