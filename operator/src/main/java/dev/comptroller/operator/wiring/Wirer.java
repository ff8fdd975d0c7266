package dev.comptroller.operator.wiring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.derivation.WiredResources;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;
import java.util.OptionalLong;

/** Applies everything around a workload, and removes what is no longer wanted. */
public final class Wirer {
  private final ServerSideApply apply;
  private final MonitoringApis monitoring;

  public Wirer(ServerSideApply apply, MonitoringApis monitoring) {
    this.apply = apply;
    this.monitoring = monitoring;
  }

  /**
   * Applies identities, roles, policies, services, dashboards and, where served, monitors, and
   * deletes what is no longer among them. A workload is never deleted: it ends with its parent.
   */
  public MonitoringState wire(WiredResources desired, OwnedResources owned) {
    desired.supporting().forEach(object -> apply.apply(object, owned.like(object)));
    List<KubernetesObject> served =
        desired.monitoring().stream().filter(object -> monitoring.serves(object.kind())).toList();
    served.forEach(object -> apply.apply(object, owned.like(object)));

    owned.obsolete(desired.all()).stream()
        .filter(object -> !object.kind().equals(desired.workload().kind()))
        .forEach(apply::delete);

    if (desired.monitoring().isEmpty()) {
      return MonitoringState.NOT_WIRED;
    }
    return served.size() == desired.monitoring().size()
        ? MonitoringState.APPLIED
        : MonitoringState.ABSENT;
  }

  /** Applies the workload itself. */
  public KubernetesObject start(KubernetesObject workload, OwnedResources owned) {
    return apply.apply(workload, owned.like(workload));
  }

  /**
   * Suspends a workload that exists, and changes nothing else of it but, where one is given, the
   * deadline in seconds that it has when it goes on: one write, so that no crash comes between.
   */
  public void suspend(KubernetesObject workload, OptionalLong deadline) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode().put("suspend", true);
    deadline.ifPresent(seconds -> fields.put("activeDeadlineSeconds", seconds));
    apply.patchSpec(workload, fields);
  }

  /** Resumes a workload that is suspended, and changes nothing else of it. */
  public void resume(KubernetesObject workload) {
    apply.patchSpec(workload, JsonNodeFactory.instance.objectNode().put("suspend", false));
  }

  /** Stops all pods of a Deployment that exists, and changes nothing else of it. */
  public void scaleToZero(KubernetesObject deployment) {
    if (deployment.spec().path("replicas").asInt(1) != 0) {
      apply.patchSpec(deployment, JsonNodeFactory.instance.objectNode().put("replicas", 0));
    }
  }
}
