package dev.comptroller.testkit.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerEnvironmentTest {
  private static final EnvVar NAMESPACE =
      new EnvVarBuilder()
          .withName("NAMESPACE")
          .withNewValueFrom()
          .withNewFieldRef(null, "metadata.namespace")
          .endValueFrom()
          .build();

  @Test
  void variables_may_name_earlier_variables() {
    EnvVar address = new EnvVar("ADDRESS", "service.$(NAMESPACE).svc $(UNKNOWN)", null);

    assertThat(
            ContainerEnvironment.resolve(
                List.of(NAMESPACE, address), Map.of("metadata.namespace", "team-a")))
        .containsEntry("ADDRESS", "service.team-a.svc $(UNKNOWN)");
  }

  @Test
  void a_field_that_a_local_process_does_not_have_is_refused() {
    assertThatThrownBy(() -> ContainerEnvironment.resolve(List.of(NAMESPACE), Map.of()))
        .hasMessageContaining("NAMESPACE");
  }

  @Test
  void only_whole_mount_paths_are_rewritten() {
    Map<String, Path> folders = Map.of("/etc/app", Path.of("/volumes/app"));

    assertThat(VolumeFolders.rewrite("--file=/etc/app/a.yaml", folders))
        .isEqualTo("--file=/volumes/app/a.yaml");
    assertThat(VolumeFolders.rewrite("/etc/app", folders)).isEqualTo("/volumes/app");
    assertThat(VolumeFolders.rewrite("/etc/application", folders)).isEqualTo("/etc/application");
    assertThat(VolumeFolders.rewrite("/usr/etc/app", folders)).isEqualTo("/usr/etc/app");
  }
}
