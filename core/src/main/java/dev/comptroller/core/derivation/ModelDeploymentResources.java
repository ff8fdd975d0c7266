package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.Caller;
import dev.comptroller.api.v1alpha1.ModelDeploymentSpec;
import dev.comptroller.api.v1alpha1.ServingRuntime;
import dev.comptroller.core.normalform.Specs;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.kind.ModelDeploymentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a ModelDeployment stands for. */
public final class ModelDeploymentResources {
  private static final String SUFFIX = "-model";

  private ModelDeploymentResources() {}

  /**
   * Everything the operator makes of it: identity, the right to call for the declared callers,
   * network policy, service, dashboard; the workload; and monitors and alerts where the runtime has
   * a port with metrics. Who is no declared caller may neither call nor connect.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static WiredResources of(KubernetesObject deployment, Wiring wiring) {
    ModelDeploymentSpec spec = KindReader.LENIENT.spec(deployment, ModelDeploymentSpec.class);
    Parent parent = parent(deployment);
    ServingMonitoring monitoring = new ServingMonitoring(parent, parent.name(SUFFIX), spec, wiring);
    List<KubernetesObject> supporting = new ArrayList<>(identity(parent, spec).objects());
    supporting.addAll(rightToCall(parent, spec.callers()));
    supporting.add(ingress(parent, spec, wiring));
    supporting.add(service(parent, spec.runtime()));
    supporting.add(monitoring.dashboard());
    return new WiredResources(supporting, workload(deployment), monitoring.objects());
  }

  /**
   * The Deployment that runs pods, exactly as the operator makes it, with {@code scale.replicas}
   * pods, else {@code scale.min}. While it rolls out it may have {@link
   * ModelDeploymentKind#SERVING_SURGE} more and never fewer, and is priced so.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static KubernetesObject workload(KubernetesObject deployment) {
    ModelDeploymentSpec spec = KindReader.LENIENT.spec(deployment, ModelDeploymentSpec.class);
    Parent parent = parent(deployment);
    ObjectNode pod = ServingPodSpec.of(spec);
    identity(parent, spec).writeInto(pod);
    ObjectNode labels = Json.object();
    parent.mark(labels);
    ObjectNode child =
        Json.object(
            "replicas",
            Objects.requireNonNullElse(spec.scale().replicas(), spec.scale().min()),
            "strategy",
            Json.object(
                "type",
                "RollingUpdate",
                "rollingUpdate",
                Json.object("maxSurge", ModelDeploymentKind.SERVING_SURGE, "maxUnavailable", 0)),
            "selector",
            parent.selector(),
            "template",
            Json.object("metadata", Json.object("labels", labels), "spec", pod));
    Specs.of("apps/v1", "Deployment").orElseThrow().fillIn(child);
    return parent.child("apps/v1", "Deployment", parent.name(), Json.object("spec", child));
  }

  private static List<KubernetesObject> rightToCall(Parent parent, List<Caller> callers) {
    String role = parent.name(SUFFIX + "-callers");
    List<String> names = List.of(parent.object().name());
    List<ObjectNode> subjects =
        callers.stream()
            .map(caller -> Rbac.account(caller.namespace(), caller.serviceAccount()))
            .toList();
    return List.of(
        Rbac.role(parent, role, Rbac.rule(Api.GROUP, "modeldeployments/predict", names, "create")),
        Rbac.binding(parent, role, subjects));
  }

  private static KubernetesObject ingress(Parent parent, ModelDeploymentSpec spec, Wiring wiring) {
    Ingress ingress = new Ingress(parent);
    List<String> namespaces =
        spec.callers().stream().map(Caller::namespace).distinct().sorted().toList();
    ingress.fromNamespaces(namespaces, Ingress.port(spec.runtime().port()));
    Integer metrics = spec.runtime().metricsPort();
    if (metrics != null && !wiring.prometheusNamespace().isEmpty()) {
      ingress.fromNamespaces(List.of(wiring.prometheusNamespace()), Ingress.port(metrics));
    }
    return ingress.policy(parent.name(SUFFIX));
  }

  private static KubernetesObject service(Parent parent, ServingRuntime runtime) {
    List<ObjectNode> ports = new ArrayList<>();
    ports.add(servicePort(ServingPodSpec.PORT, runtime.port()));
    Integer metrics = runtime.metricsPort();
    if (metrics != null) {
      ports.add(servicePort(ServingPodSpec.METRICS_PORT, metrics));
    }
    ObjectNode spec =
        Json.object(
            "type",
            "ClusterIP",
            "internalTrafficPolicy",
            "Cluster",
            "sessionAffinity",
            "None",
            "selector",
            parent.selector().path("matchLabels"),
            "ports",
            Json.list(ports.toArray()));
    return parent.child("v1", "Service", parent.name(), Json.object("spec", spec));
  }

  private static ObjectNode servicePort(String name, int port) {
    return Json.object("name", name, "port", port, "protocol", "TCP", "targetPort", name);
  }

  private static Parent parent(KubernetesObject deployment) {
    return new Parent(deployment, Api.MODEL_DEPLOYMENT_LABEL);
  }

  private static PodIdentity identity(Parent parent, ModelDeploymentSpec spec) {
    return new PodIdentity(parent, parent.name(SUFFIX), spec.secrets());
  }
}
