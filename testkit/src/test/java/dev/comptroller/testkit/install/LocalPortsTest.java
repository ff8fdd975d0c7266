package dev.comptroller.testkit.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalPortsTest {
  private final Container container =
      new ContainerBuilder()
          .addNewPort()
          .withName("https")
          .withContainerPort(8443)
          .endPort()
          .build();

  @Test
  void arguments_name_the_local_port_in_the_place_of_the_containers() {
    LocalPorts ports = new LocalPorts(Map.of(8443, 41000));

    assertThat(ports.rewrite("--port=8443")).isEqualTo("--port=41000");
    assertThat(ports.rewrite("8443")).isEqualTo("41000");
    assertThat(ports.of(container, "https")).isEqualTo(41000);
    assertThat(ports.of(container, new IntOrString(8443))).isEqualTo(41000);
  }

  @Test
  void other_numbers_and_words_stay() {
    LocalPorts ports = new LocalPorts(Map.of(8443, 41000));

    assertThat(ports.rewrite("--workers=16")).isEqualTo("--workers=16");
    assertThat(ports.rewrite("--url=https://127.0.0.1:8443"))
        .isEqualTo("--url=https://127.0.0.1:8443");
    assertThat(ports.rewrite("--limit=84438443")).isEqualTo("--limit=84438443");
  }

  @Test
  void a_name_that_no_port_has_is_refused() {
    assertThatThrownBy(() -> LocalPorts.SAME.of(container, "http"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("http");
  }

  @Test
  void each_further_replica_gets_a_port_of_its_own() {
    assertThat(LocalPorts.others(container).of(container, "https")).isNotEqualTo(8443).isPositive();
  }
}
