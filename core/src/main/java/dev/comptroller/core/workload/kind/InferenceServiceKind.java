package dev.comptroller.core.workload.kind;

import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Figure;
import dev.comptroller.core.workload.Holding;
import dev.comptroller.core.workload.PodSet;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import dev.comptroller.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A KServe InferenceService: the sum of its components, each (most replicas + surge) x
 * accelerators; twice while a canary runs beside the revision before it. Accelerators of a
 * predictor of several nodes are not in the manifest: {@link MultiNode}.
 */
final class InferenceServiceKind implements Kind {
  private static final String KIND = "InferenceService";
  private static final String MODE = "serving.kserve.io/deploymentMode";

  @Override
  public String name() {
    return "serving.kserve.io/" + KIND;
  }

  @Override
  public Set<String> children() {
    return Set.of("apps/Deployment");
  }

  @Override
  public Workload read(Field object, Site site) {
    Field spec = object.get("spec").required("the spec of an InferenceService");
    Field annotations = object.get("metadata").get("annotations");
    Field mode = annotations.get(MODE);
    if (mode.textOrEmpty().equals("ModelMesh")) {
      return Workload.unresolved(
          KIND,
          Reason.at(
              Reason.Code.UnpricedKind,
              mode,
              "ModelMesh",
              "the deployment mode Standard or Knative"));
    }
    Field predictor = spec.get("predictor").required("the predictor");
    Predictor pods = Predictor.read(predictor, annotations, site);
    if (pods.unresolved().isPresent()) {
      return Workload.unresolved(KIND, pods.unresolved().get());
    }
    Components components = new Components(isKnative(mode.textOrEmpty()), isStandard(mode));
    if (predictor.get("workerSpec").present()) {
      components.podSets.addAll(MultiNode.of(predictor, annotations, pods));
    } else {
      components.add(predictor, pods);
    }
    for (String other : List.of("transformer", "explainer")) {
      Field component = spec.get(other);
      if (component.present()) {
        components.add(component, Predictor.custom(component, annotations, site));
      }
    }
    return new Workload(KIND, components.podSets, components.holding());
  }

  private static boolean isKnative(String mode) {
    return mode.equals("Serverless") || mode.equals("Knative");
  }

  private static boolean isStandard(Field mode) {
    return mode.textOrEmpty().equals("RawDeployment") || mode.textOrEmpty().equals("Standard");
  }

  /**
   * The pods of all components. Where the cluster's default mode decides, the dearer one counts.
   */
  private static final class Components {
    private final boolean knative;
    private final boolean standard;
    private final List<PodSet> podSets = new ArrayList<>();
    private Optional<Reason> unlimited = Optional.empty();

    Components(boolean knative, boolean standard) {
      this.knative = knative;
      this.standard = standard;
    }

    void add(Field component, Predictor pods) {
      Figure replicas = replicas(component);
      if (!knative) {
        replicas = DeploymentKind.withSurge(replicas, component.get("deploymentStrategy"));
      }
      Field canary = component.get("canaryTrafficPercent");
      if (canary.present()) {
        replicas =
            replicas.times(
                "replicas of all revisions", Figure.number(canary.pointer(), "revisions", 2));
      }
      for (var template : pods.templates()) {
        podSets.add(new PodSet(template, replicas));
      }
    }

    private Figure replicas(Field component) {
      Field minimum = component.get("minReplicas");
      Field maximum = component.get("maxReplicas");
      long least = minimum.whole().orElse(1);
      long most = maximum.whole().orElse(0);
      if (most == 0 && !standard) {
        unlimited =
            Optional.of(
                Reason.at(
                    Reason.Code.MaxReplicasUnset,
                    maximum,
                    "no limit to the replicas",
                    "the most replicas the component may have"));
        return Figure.pods(maximum.pointer(), "replicas", Figure.UNLIMITED);
      }
      return most >= least
          ? Figure.pods(maximum.pointer(), "replicas", most)
          : Figure.pods(minimum.pointer(), "replicas", least);
    }

    Holding holding() {
      Holding serving = Holding.serving(KIND, podSets);
      return unlimited.<Holding>map(reason -> new Holding.Noted(reason, serving)).orElse(serving);
    }
  }
}
