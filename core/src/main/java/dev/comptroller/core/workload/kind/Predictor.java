package dev.comptroller.core.workload.kind;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.PodTemplate;
import dev.comptroller.core.workload.PodTemplateReader;
import dev.comptroller.core.workload.Reason;
import dev.comptroller.core.workload.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods of one component of an InferenceService: containers of its own, or those of a serving
 * runtime with the resources that the model asks for.
 *
 * @param templates what one replica consists of
 * @param runtime the serving runtime, if it has one
 * @param unresolved why its pods are not known; empty if they are
 */
record Predictor(
    List<PodTemplate> templates, Optional<Field> runtime, Optional<Reason> unresolved) {
  private static final String GROUP = "serving.kserve.io/";
  private static final String CONTAINER = "kserve-container";

  /** Names of model formats by which predictors were written before there was {@code model}. */
  private static final Set<String> FRAMEWORKS =
      Set.of(
          "huggingface",
          "lightgbm",
          "onnx",
          "paddle",
          "pmml",
          "pytorch",
          "sklearn",
          "tensorflow",
          "triton",
          "xgboost");

  /** What a predictor may say of its pod in place of the runtime. */
  private static final List<String> POD_FIELDS =
      List.of(
          "activeDeadlineSeconds",
          "affinity",
          "nodeSelector",
          "overhead",
          "resourceClaims",
          "runtimeClassName",
          "terminationGracePeriodSeconds",
          "volumes");

  static Predictor read(Field predictor, Field annotations, Site site) {
    Optional<Field> model = model(predictor);
    if (model.isEmpty()) {
      return custom(predictor, annotations, site);
    }
    Field name = model.get().get("runtime");
    Optional<Field> runtime = runtime(name, site);
    if (runtime.isEmpty()) {
      return new Predictor(
          List.of(),
          Optional.empty(),
          Optional.of(
              Reason.at(
                  Reason.Code.RuntimeNotFound,
                  name,
                  name.present()
                      ? "the serving runtime " + name.textOrEmpty() + ", which is not known"
                      : "no serving runtime, so that the cluster chooses one",
                  "the name of a known ServingRuntime or ClusterServingRuntime")));
    }
    Field spec = merged(runtime.get().get("spec"), predictor, model.get());
    List<PodTemplate> templates = new ArrayList<>();
    templates.add(PodTemplateReader.read(spec, annotations, site));
    if (!predictor.get("containers").elements().isEmpty()) {
      templates.add(PodTemplateReader.read(predictor, annotations, site));
    }
    return new Predictor(templates, runtime, Optional.empty());
  }

  /** A component with containers of its own. */
  static Predictor custom(Field component, Field annotations, Site site) {
    List<PodTemplate> templates = new ArrayList<>();
    templates.add(PodTemplateReader.read(component, annotations, site));
    Field art = component.get("art");
    if (art.present()) {
      templates.add(PodTemplateReader.readContainer(art, site));
    }
    return new Predictor(templates, Optional.empty(), Optional.empty());
  }

  private static Optional<Field> model(Field predictor) {
    Field model = predictor.get("model");
    return model.present()
        ? Optional.of(model)
        : FRAMEWORKS.stream().map(predictor::get).filter(Field::present).findFirst();
  }

  private static Optional<Field> runtime(Field name, Site site) {
    return site.find(GROUP + "ServingRuntime", name.textOrEmpty())
        .or(() -> site.findInCluster(GROUP + "ClusterServingRuntime", name.textOrEmpty()));
  }

  /** The runtime's pod with what the predictor and the model put in place of it. */
  private static Field merged(Field spec, Field predictor, Field model) {
    Map<String, Field> replaced = new HashMap<>();
    for (String name : POD_FIELDS) {
      Field own = predictor.get(name);
      if (own.present()) {
        replaced.put(spec.get(name).pointer(), own);
      }
    }
    Field resources = model.get("resources");
    for (Field container : spec.get("containers").elements()) {
      if (resources.present() && container.get("name").textOrEmpty().equals(CONTAINER)) {
        Field own = container.get("resources");
        replaced.put(own.pointer(), new Field(resources.pointer(), merged(own, resources)));
      }
    }
    return spec.with(replaced);
  }

  private static ObjectNode merged(Field below, Field above) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (String list : List.of("requests", "limits")) {
      ObjectNode quantities = all.putObject(list);
      below.get(list).members().forEach((name, field) -> quantities.set(name, field.node()));
      above.get(list).members().forEach((name, field) -> quantities.set(name, field.node()));
    }
    return all;
  }
}
