package dev.comptroller.api.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v1.ScaleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server accepts and refuses by the committed definitions. */
@ExtendWith(ControlPlaneExtension.class)
class CustomResourceValidationIT {
  private static final Path CHART = Path.of("..", "charts", "comptroller");
  private static final PatchContext DRY_RUN_MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withDryRun(List.of("All"))
          .build();

  @BeforeAll
  static void install(ControlPlane controlPlane) throws IOException {
    for (var kind : Definitions.KINDS) {
      Path file = CHART.resolve("crds").resolve(Definitions.name(kind) + ".yaml");
      CustomResourceDefinition definition =
          Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
      controlPlane.admin().resource(definition).forceConflicts().serverSideApply();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> controlPlane.admin().raw("/apis/comptroller.dev/v1alpha1"),
            CustomResourceValidationIT::listsEveryKind);
  }

  static List<Fixture> valid() {
    return Fixture.valid();
  }

  static List<Fixture> invalid() {
    return Fixture.invalid();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void a_valid_object_is_accepted(
      Fixture fixture, ControlPlane controlPlane, FreshNamespace namespace) {
    HasMetadata created =
        resource(controlPlane.admin(), fixture.base(), namespace)
            .dryRun()
            .fieldValidation(Validation.STRICT)
            .forceConflicts()
            .serverSideApply();
    assertThat(created.getMetadata().getUid()).isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void an_invalid_object_is_refused_with_what_to_do(
      Fixture fixture, ControlPlane controlPlane, FreshNamespace namespace) {
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> submit(fixture, controlPlane.admin(), namespace))
        .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(422))
        .withMessageContaining(fixture.message());
  }

  @Test
  void a_run_is_suspended_without_changing_its_plan(
      ControlPlane controlPlane, FreshNamespace namespace) {
    Fixture run = named("trainingrun/valid-job.yaml");
    var resource = resource(controlPlane.admin(), run.base(), namespace);
    resource.forceConflicts().serverSideApply();
    assertThat(resource.patch(DRY_RUN_MERGE, "{\"spec\":{\"suspend\":true}}")).isNotNull();
  }

  @Test
  void an_endpoint_scales_within_its_signed_bounds_only(
      ControlPlane controlPlane, FreshNamespace namespace) {
    Fixture endpoint = named("modeldeployment/valid-endpoint.yaml");
    var resource = resource(controlPlane.admin(), endpoint.base(), namespace);
    resource.forceConflicts().serverSideApply();
    assertThat(resource.scale(replicas(endpoint, 8)).getSpec().getReplicas()).isEqualTo(8);
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> resource.scale(replicas(endpoint, 9)))
        .withMessageContaining("scale.replicas must be from scale.min to scale.max");
  }

  @Test
  void every_class_of_the_catalogue_is_accepted(ControlPlane controlPlane) throws IOException {
    try (var catalogue = Files.newInputStream(CHART.resolve("files/accelerators.yaml"))) {
      KubernetesClient client = controlPlane.admin();
      for (HasMetadata accelerator : client.load(catalogue).items()) {
        assertThat(client.resource(accelerator).dryRun().forceConflicts().serverSideApply())
            .isNotNull();
      }
    }
  }

  private static void submit(Fixture fixture, KubernetesClient client, FreshNamespace namespace) {
    if (fixture.update()) {
      var existing = resource(client, fixture.base(), namespace);
      existing.forceConflicts().serverSideApply();
      existing.patch(DRY_RUN_MERGE, String.valueOf(fixture.change()));
    } else {
      resource(client, fixture.changed(), namespace).dryRun().create();
    }
  }

  private static Scale replicas(Fixture endpoint, int replicas) {
    return new ScaleBuilder()
        .withNewMetadata()
        .withName(endpoint.base().at("/metadata/name").asText())
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .endSpec()
        .build();
  }

  private static Fixture named(String file) {
    return Fixture.valid().stream()
        .filter(fixture -> fixture.file().equals(Path.of(file)))
        .findFirst()
        .orElseThrow();
  }

  private static Resource<GenericKubernetesResource> resource(
      KubernetesClient client, JsonNode object, FreshNamespace namespace) {
    NamespaceableResource<GenericKubernetesResource> resource =
        client.resource(
            Serialization.unmarshal(object.toString(), GenericKubernetesResource.class));
    return resource.inNamespace(namespace.name());
  }

  private static boolean listsEveryKind(String discovery) {
    return Definitions.KINDS.stream()
        .allMatch(kind -> discovery.contains("\"" + kind.getSimpleName() + "\""));
  }
}
