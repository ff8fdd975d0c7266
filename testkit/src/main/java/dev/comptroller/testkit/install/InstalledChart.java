package dev.comptroller.testkit.install;

import dev.comptroller.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A release of a chart in a cluster that cannot run its containers: every object is applied as
 * rendered, and each Deployment runs as a local process under its own ServiceAccount.
 */
public final class InstalledChart implements AutoCloseable {
  private static final String FIELD_MANAGER = "helm";
  private static final int ESTABLISHED_SECONDS = 30;

  private final ControlPlane controlPlane;
  private final String namespace;
  private final List<GenericKubernetesResource> objects;
  private final List<LocalDeployment> deployments;

  private InstalledChart(
      ControlPlane controlPlane,
      String namespace,
      List<GenericKubernetesResource> objects,
      List<LocalDeployment> deployments) {
    this.controlPlane = controlPlane;
    this.namespace = namespace;
    this.objects = objects;
    this.deployments = deployments;
  }

  /**
   * Installs a chart and starts its Deployments, which are ready when this returns.
   *
   * @param programs the commands that stand for images, by repository
   * @param folder where volumes, kubeconfigs and logs of the processes go
   */
  public static InstalledChart install(
      ControlPlane controlPlane,
      Chart chart,
      Path helm,
      Map<String, List<String>> programs,
      Path folder) {
    KubernetesClient admin = controlPlane.admin();
    List<GenericKubernetesResource> objects =
        chart.render(helm, admin.getKubernetesVersion().getGitVersion());
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(chart.namespace())
                .endMetadata()
                .build())
        .fieldManager(FIELD_MANAGER)
        .serverSideApply();
    List<LocalDeployment> deployments = new ArrayList<>();
    InstalledChart installed =
        new InstalledChart(controlPlane, chart.namespace(), objects, deployments);
    for (GenericKubernetesResource object : objects) {
      installed.apply(object);
      if (object.getKind().equals("Deployment")) {
        deployments.add(
            new LocalDeployment(
                controlPlane,
                Serialization.unmarshal(Serialization.asJson(object), Deployment.class),
                programs,
                folder.toAbsolutePath().resolve(object.getMetadata().getName())));
      }
    }
    try {
      deployments.forEach(LocalDeployment::start);
    } catch (RuntimeException e) {
      installed.close();
      throw e;
    }
    return installed;
  }

  /** The namespace of the release. */
  public String namespace() {
    return namespace;
  }

  /** The objects as helm rendered them. */
  public List<GenericKubernetesResource> objects() {
    return objects;
  }

  /** The Deployment of this name. */
  public LocalDeployment deployment(String name) {
    return deployments.stream()
        .filter(deployment -> deployment.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("The chart has no Deployment named " + name));
  }

  /** All Deployments in the order in which they were started. */
  public List<LocalDeployment> deployments() {
    return List.copyOf(deployments);
  }

  private void apply(GenericKubernetesResource object) {
    KubernetesClient admin = controlPlane.admin();
    admin.resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    if (object.getKind().equals("CustomResourceDefinition")) {
      admin
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName(object.getMetadata().getName())
          .waitUntilCondition(InstalledChart::established, ESTABLISHED_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** A definition that was just stored has a status without conditions. */
  private static boolean established(@Nullable CustomResourceDefinition definition) {
    return Optional.ofNullable(definition)
        .map(CustomResourceDefinition::getStatus)
        .map(CustomResourceDefinitionStatus::getConditions)
        .orElse(List.of())
        .stream()
        .anyMatch(
            condition ->
                condition.getType().equals("Established") && condition.getStatus().equals("True"));
  }

  /**
   * Removes what was installed but for CRDs, as helm does, and the namespace. What is asked at
   * admission goes first, so that nobody is asked who has ended; the processes end before they lose
   * their rights.
   */
  @Override
  public void close() {
    delete(InstalledChart::isAskedAtAdmission);
    deployments.reversed().forEach(LocalDeployment::close);
    delete(object -> !object.getKind().equals("CustomResourceDefinition"));
  }

  private static boolean isAskedAtAdmission(GenericKubernetesResource object) {
    return object.getApiVersion().startsWith("admissionregistration.k8s.io/");
  }

  private void delete(Predicate<GenericKubernetesResource> which) {
    KubernetesClient admin = controlPlane.admin();
    objects.reversed().stream().filter(which).forEach(object -> admin.resource(object).delete());
  }
}
