package dev.comptroller.e2e;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The kinds of the Prometheus Operator, as far as an API server has to know them: any spec goes.
 */
final class MonitoringKinds {
  private static final String GROUP = "monitoring.coreos.com";
  private static final List<String> KINDS =
      List.of("PodMonitor", "ServiceMonitor", "PrometheusRule");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KubernetesClient admin;

  MonitoringKinds(KubernetesClient admin) {
    this.admin = admin;
  }

  /** Defines them and waits until they are served. */
  void install() {
    KINDS.forEach(kind -> admin.resource(definition(kind)).serverSideApply());
    await()
        .atMost(LIMIT)
        .until(() -> KINDS.stream().allMatch(kind -> admin.supports(GROUP + "/v1", kind)));
  }

  /** Removes them with all objects and waits until they are served no more. */
  void remove() {
    KINDS.forEach(kind -> admin.resource(definition(kind)).delete());
    await()
        .atMost(LIMIT)
        .until(() -> KINDS.stream().noneMatch(kind -> admin.supports(GROUP + "/v1", kind)));
  }

  private static CustomResourceDefinition definition(String kind) {
    String singular = kind.toLowerCase(Locale.ROOT);
    return new CustomResourceDefinitionBuilder()
        .withNewMetadata()
        .withName(singular + "s." + GROUP)
        .endMetadata()
        .withNewSpec()
        .withGroup(GROUP)
        .withScope("Namespaced")
        .withNewNames()
        .withKind(kind)
        .withListKind(kind + "List")
        .withSingular(singular)
        .withPlural(singular + "s")
        .endNames()
        .addNewVersion()
        .withName("v1")
        .withServed(true)
        .withStorage(true)
        .withNewSchema()
        .withNewOpenAPIV3Schema()
        .withType("object")
        .addToProperties(
            "spec",
            new io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .build())
        .endOpenAPIV3Schema()
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }
}
