package dev.comptroller.core.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  private static final KubernetesObject NODE = object("Node", "", "a", "1");

  @Test
  void an_object_is_found_by_kind_namespace_and_name() {
    KubernetesObject wanted = object("LimitRange", "blue", "a", "1");
    Surroundings around =
        Surroundings.of(
            List.of(
                object("LimitRange", "green", "a", "1"),
                object("LimitRange", "blue", "b", "1"),
                NODE,
                wanted));

    assertThat(around.find("LimitRange", "blue", "a")).contains(wanted);
    assertThat(around.find("LimitRange", "", "a")).isEmpty();
    assertThat(around.find("Node", "", "a")).contains(NODE);
    assertThat(around.find("RuntimeClass", "", "a")).isEmpty();
    assertThat(around.all("LimitRange", "blue")).extracting(each -> each.name()).contains("a", "b");
    assertThat(around.all("LimitRange")).hasSize(3);
  }

  @Test
  void of_two_objects_of_one_name_the_first_is_found() {
    KubernetesObject other = object("Node", "", "a", "2");

    assertThat(Surroundings.of(List.of(other, NODE)).find("Node", "", "a")).contains(other);
  }

  @Test
  void an_object_takes_the_place_of_the_one_of_its_name() {
    KubernetesObject other = object("Node", "", "a", "2");
    Surroundings around = Surroundings.of(List.of(NODE));

    assertThat(around.with(other).find("Node", "", "a")).contains(other);
    assertThat(around.without(NODE.key()).find("Node", "", "a")).isEmpty();
    assertThat(around.find("Node", "", "a")).contains(NODE);
  }

  @Test
  void what_is_made_from_all_objects_of_a_kind_is_made_once_until_they_change() {
    record Names(List<String> names) {
      static Names of(List<KubernetesObject> objects) {
        return new Names(objects.stream().map(KubernetesObject::name).toList());
      }
    }

    Surroundings around = Surroundings.of(List.of(NODE));
    Names made = around.made("Node", Names.class, Names::of);

    assertThat(around.trusting(Set.of()).made("Node", Names.class, Names::of)).isSameAs(made);
    assertThat(
            around.with(object("Node", "", "b", "1")).made("Node", Names.class, Names::of).names())
        .containsExactly("a", "b");
  }

  private static KubernetesObject object(String kind, String namespace, String name, String uid) {
    return Manifest.of(
        """
        apiVersion: v1
        kind: %s
        metadata: {namespace: '%s', name: '%s', uid: '%s'}
        """
            .formatted(kind, namespace, name, uid));
  }
}
