package dev.comptroller.core.derivation;

import dev.comptroller.api.v1alpha1.Monitoring;
import dev.comptroller.api.v1alpha1.TrainingRunSpec;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a run is watched. Pods are found by their owner in kube-state-metrics' {@code
 * kube_pod_owner}, use of accelerators in the DCGM exporter's ratio of active time, whose pod
 * labels are called {@code exported_pod} or {@code pod} as the scrape was set up.
 */
record TrainingMonitoring(Parent parent, String name, TrainingRunSpec spec, Wiring wiring) {

  /** Who may reach the pods. */
  KubernetesObject ingress() {
    Ingress ingress = new Ingress(parent).fromEachOther();
    Monitoring declared = spec.monitoring();
    if (declared != null && !wiring.prometheusNamespace().isEmpty()) {
      ingress.fromNamespaces(List.of(wiring.prometheusNamespace()), Ingress.port(declared.port()));
    }
    return ingress.policy(name);
  }

  /** Accelerators in use, and pods by phase. */
  KubernetesObject dashboard() {
    return new Dashboard(
            "Training run " + parent.object().namespace() + "/" + parent.object().name(),
            List.of(
                new Dashboard.Panel("Accelerator active time", "percentunit", active()),
                new Dashboard.Panel(
                    "Pods by phase",
                    "short",
                    "sum by (phase) (kube_pod_status_phase{"
                        + namespace()
                        + "}"
                        + ownPods()
                        + ")")))
        .configMap(parent, name + "-dashboard");
  }

  /** PodMonitor, where the run names a port, and PrometheusRule. */
  List<KubernetesObject> objects() {
    List<KubernetesObject> objects = new ArrayList<>();
    Monitoring declared = spec.monitoring();
    if (declared != null) {
      String path = Objects.requireNonNullElse(declared.path(), "/metrics");
      objects.add(Monitors.pods(parent, name, declared.port(), path, wiring));
    }
    AlertRules rules =
        new AlertRules(Map.of("training_run", parent.object().name(), "team", spec.owner()))
            .record("comptroller:accelerator_active:ratio", active())
            .alert(
                "TrainingRunStuck",
                "ticket",
                "30m",
                "sum(kube_pod_status_phase{"
                    + namespace()
                    + ",phase=\"Pending\"}"
                    + ownPods()
                    + ") > 0",
                "Pods of the run have waited for half an hour.")
            .alert(
                "TrainingRunAcceleratorsIdle",
                "ticket",
                "30m",
                "max(" + active() + ") < 0.05",
                "The run holds accelerators that have done nothing for half an hour.");
    objects.add(AlertRules.object(parent, name, wiring, List.of(rules.group(name))));
    return objects;
  }

  private String active() {
    String metric = "DCGM_FI_PROF_GR_ENGINE_ACTIVE";
    String renamed =
        "label_replace(label_replace("
            + metric
            + "{exported_"
            + namespace()
            + "}, \"namespace\", \"$1\", \"exported_namespace\", \"(.+)\"),"
            + " \"pod\", \"$1\", \"exported_pod\", \"(.+)\")";
    String plain = metric + "{exported_namespace=\"\"," + namespace() + "}";
    return "max by (namespace, pod) (" + renamed + " or " + plain + ")" + ownPods();
  }

  private String namespace() {
    return "namespace=\"" + parent.object().namespace() + "\"";
  }

  /** Keeps the series of the run's own pods. */
  private String ownPods() {
    return " * on (namespace, pod) group_left () kube_pod_owner{"
        + namespace()
        + ",owner_kind=\""
        + spec.workload().kind()
        + "\",owner_name=\""
        + parent.name()
        + "\"}";
  }
}
