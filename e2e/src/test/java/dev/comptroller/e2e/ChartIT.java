package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.install.Chart;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void an_unknown_value_is_refused_by_name() {
    assertThatThrownBy(() -> render(Map.of("operator", Map.of("replica", 3))))
        .hasMessageContaining("replica");
  }

  private List<GenericKubernetesResource> render(Map<String, Object> values) {
    return new Chart(
            checkout.path("charts/comptroller"), Comptroller.RELEASE, Comptroller.NAMESPACE, values)
        .render(helm, VERSION);
  }
}
