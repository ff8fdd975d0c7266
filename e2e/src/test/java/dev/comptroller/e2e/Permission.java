package dev.comptroller.e2e;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One verb on one resource.
 *
 * @param group API group, empty for the core group
 * @param resource plural name, with a slash before a subresource
 */
record Permission(String group, String resource, String verb) {

  /** What the roles of one program grant, whether cluster-wide or in a namespace. */
  static Set<Permission> granted(List<GenericKubernetesResource> objects, String program) {
    return objects.stream()
        .filter(object -> object.getKind().equals("Role") || object.getKind().equals("ClusterRole"))
        .filter(object -> object.getMetadata().getName().startsWith(program))
        // A ClusterRole without aggregation has the fields of a Role.
        .map(object -> Serialization.unmarshal(Serialization.asJson(object), Role.class))
        .flatMap(role -> role.getRules().stream())
        .flatMap(Permission::of)
        .collect(toUnmodifiableSet());
  }

  private static Stream<Permission> of(PolicyRule rule) {
    return rule.getApiGroups().stream()
        .flatMap(
            group ->
                rule.getResources().stream()
                    .flatMap(
                        resource ->
                            rule.getVerbs().stream()
                                .map(verb -> new Permission(group, resource, verb))));
  }

  @Override
  public String toString() {
    return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
  }
}
