package dev.comptroller.e2e;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Locale;

/**
 * A kind of another project, as far as the API server has to know it: its objects may say anything.
 */
record InstalledKind(String group, String version, String kind, boolean namespaced) {

  String plural() {
    return kind.toLowerCase(Locale.ROOT) + "s";
  }

  /** Installs it. */
  void install(KubernetesClient admin) {
    admin.resource(definition()).forceConflicts().serverSideApply();
  }

  private CustomResourceDefinition definition() {
    return new CustomResourceDefinitionBuilder()
        .withNewMetadata()
        .withName(plural() + "." + group)
        .endMetadata()
        .withNewSpec()
        .withGroup(group)
        .withScope(namespaced ? "Namespaced" : "Cluster")
        .withNewNames()
        .withKind(kind)
        .withListKind(kind + "List")
        .withPlural(plural())
        .withSingular(kind.toLowerCase(Locale.ROOT))
        .endNames()
        .addNewVersion()
        .withName(version)
        .withServed(true)
        .withStorage(true)
        .withNewSubresources()
        .withNewStatus()
        .endStatus()
        .endSubresources()
        .withNewSchema()
        .withOpenAPIV3Schema(
            new JSONSchemaPropsBuilder()
                .withType("object")
                .withXKubernetesPreserveUnknownFields(true)
                .build())
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }
}
