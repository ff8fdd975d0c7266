package dev.comptroller.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Arrays;
import java.util.stream.Stream;

/** The kinds of what the operator makes. */
enum WiredKind {
  SERVICE_ACCOUNT("v1", "ServiceAccount"),
  SERVICE("v1", "Service"),
  CONFIG_MAP("v1", "ConfigMap"),
  NETWORK_POLICY("networking.k8s.io/v1", "NetworkPolicy"),
  ROLE("rbac.authorization.k8s.io/v1", "Role"),
  ROLE_BINDING("rbac.authorization.k8s.io/v1", "RoleBinding"),
  JOB("batch/v1", "Job"),
  DEPLOYMENT("apps/v1", "Deployment"),
  POD_MONITOR("monitoring.coreos.com/v1", "PodMonitor"),
  SERVICE_MONITOR("monitoring.coreos.com/v1", "ServiceMonitor"),
  PROMETHEUS_RULE("monitoring.coreos.com/v1", "PrometheusRule");

  private final String apiVersion;
  private final String kind;

  WiredKind(String apiVersion, String kind) {
    this.apiVersion = apiVersion;
    this.kind = kind;
  }

  static Stream<WiredKind> all() {
    return Arrays.stream(values());
  }

  String apiVersion() {
    return apiVersion;
  }

  String kind() {
    return kind;
  }

  /** Whether it is one of the Prometheus Operator's, which a cluster may lack. */
  boolean isMonitoring() {
    return apiVersion.startsWith("monitoring.coreos.com/");
  }

  boolean isServed(KubernetesClient client) {
    return !isMonitoring() || client.supports(apiVersion, kind);
  }

  /** All of the kind in a namespace. */
  NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      in(KubernetesClient client, String namespace) {
    return client.genericKubernetesResources(apiVersion, kind).inNamespace(namespace);
  }
}
