package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.TrainingRunSpec;
import dev.comptroller.core.normalform.Specs;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.List;

/** What a TrainingRun stands for. */
public final class TrainingRunResources {
  private static final String SUFFIX = "-run";
  private static final String DEADLINE = "activeDeadlineSeconds";

  private TrainingRunResources() {}

  /**
   * Everything the operator makes of it: identity, network policy, dashboard; the workload; and
   * monitors and alerts. The pods reach each other, Prometheus reaches their metrics, nobody else
   * reaches them.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static WiredResources of(KubernetesObject run, Wiring wiring) {
    TrainingRunSpec spec = KindReader.LENIENT.spec(run, TrainingRunSpec.class);
    Parent parent = parent(run);
    TrainingMonitoring monitoring =
        new TrainingMonitoring(parent, parent.name(SUFFIX), spec, wiring);
    List<KubernetesObject> supporting = new ArrayList<>(identity(parent, spec).objects());
    supporting.add(monitoring.ingress());
    supporting.add(monitoring.dashboard());
    return new WiredResources(supporting, workload(run), monitoring.objects());
  }

  /**
   * The child that runs pods, exactly as the operator makes it. A Job's pods get the run's
   * identity, Secrets and label, and the Job's deadline as one of their own, so that it holds
   * without the Job. Other kinds get metadata alone.
   *
   * @throws IllegalArgumentException if the spec cannot be read
   */
  public static KubernetesObject workload(KubernetesObject run) {
    TrainingRunSpec spec = KindReader.LENIENT.spec(run, TrainingRunSpec.class);
    JsonNode declared = run.spec().path("workload");
    String apiVersion = declared.path("apiVersion").asText();
    String kind = declared.path("kind").asText();
    ObjectNode child = Forms.object(declared.path("spec"), "/spec/workload/spec").deepCopy();
    Parent parent = parent(run);
    if (apiVersion.equals("batch/v1") && kind.equals("Job")) {
      child.put("suspend", Boolean.TRUE.equals(spec.suspend()));
      wire(child, parent, identity(parent, spec));
    }
    return parent.child(apiVersion, kind, parent.name(), Json.object("spec", child));
  }

  private static void wire(ObjectNode job, Parent parent, PodIdentity identity) {
    ObjectNode template = Forms.object(job.path("template"), "/spec/workload/spec/template");
    ObjectNode pod = Forms.object(template.path("spec"), "/spec/workload/spec/template/spec");
    Specs.of("batch/v1", "Job").orElseThrow().fillIn(job);
    parent.mark(template.withObject("/metadata/labels"));
    identity.writeInto(pod);
    JsonNode deadline = job.path(DEADLINE);
    if (deadline.isIntegralNumber()
        && deadline.longValue() < pod.path(DEADLINE).asLong(Long.MAX_VALUE)) {
      pod.set(DEADLINE, deadline);
    }
    Specs.of("batch/v1", "Job").orElseThrow().fillIn(job);
  }

  private static Parent parent(KubernetesObject run) {
    return new Parent(run, Api.TRAINING_RUN_LABEL);
  }

  private static PodIdentity identity(Parent parent, TrainingRunSpec spec) {
    return new PodIdentity(parent, parent.name(SUFFIX), spec.secrets());
  }
}
