package dev.comptroller.cli;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.api.v1alpha1.ApprovalSpec;
import dev.comptroller.api.v1alpha1.ModelDeploymentSpec;
import dev.comptroller.api.v1alpha1.TrainingRunSpec;
import dev.comptroller.cli.manifest.Change;
import dev.comptroller.cli.manifest.ObjectChanges;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Workload;
import dev.comptroller.core.workload.WorkloadReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects of a manifest that policies govern, and whether they can be read as meant. */
final class Subjects {
  private static final Map<String, Class<?>> OWN_PLANS =
      Map.of("TrainingRun", TrainingRunSpec.class, "ModelDeployment", ModelDeploymentSpec.class);

  private Subjects() {}

  /**
   * Whether the object stands for a plan: a kind of Comptroller's that runs pods, or a workload
   * that asks for accelerators. An object of which this cannot be told is a failure.
   */
  static boolean isPlan(KubernetesObject object, AcceleratorCatalogue catalogue) {
    return switch (WorkloadReader.read(object)) {
      case Reading.Read(Workload workload) ->
          isOwn(object, OWN_PLANS.keySet()) || workload.needsAccelerators(catalogue);
      case Reading.NotAWorkload none -> false;
      case Reading.Unsupported(String kind, String pointer) ->
          throw new CommandFailure(
              where(object, pointer + "/kind"),
              kind,
              "a kind whose accelerators can be counted, such as Job");
      case Reading.Malformed(String pointer, String found, String required) ->
          throw new CommandFailure(where(object, pointer), found, required);
    };
  }

  /** Whether the object runs pods, or may. */
  static boolean runsPods(KubernetesObject object) {
    return !(WorkloadReader.read(object) instanceof Reading.NotAWorkload);
  }

  /** Whether the object is an approval. */
  static boolean isApproval(KubernetesObject object) {
    return isOwn(object, List.of("Approval"));
  }

  /**
   * The object with the namespace it will live in.
   *
   * @param given what the command line says; the manifest must not say otherwise
   */
  static KubernetesObject placed(KubernetesObject object, Optional<String> given) {
    return ObjectChanges.apply(object, placement(object, given).stream().toList());
  }

  /** What the manifest lacks to say its namespace itself. */
  static Optional<Change> placement(KubernetesObject object, Optional<String> given) {
    String own = object.namespace();
    if (own.isEmpty() && given.isEmpty()) {
      throw new CommandFailure(
          where(object, "/metadata/namespace"),
          "nothing",
          "the namespace, which is part of the plan: add it or give --namespace");
    }
    if (!own.isEmpty() && given.isPresent() && !own.equals(given.get())) {
      throw new CommandFailure(
          where(object, "/metadata/namespace"), own, given.get() + " as --namespace says");
    }
    return given
        .filter(namespace -> own.isEmpty())
        .map(namespace -> Change.set(namespace, "metadata", "namespace"));
  }

  /** Refuses fields that the API server would drop: what is signed has to be what is judged. */
  static void requireKnownFields(KubernetesObject object) {
    Class<?> type = isApproval(object) ? ApprovalSpec.class : OWN_PLANS.get(object.kind());
    if (type != null && object.apiVersion().equals(Api.API_VERSION)) {
      try {
        KindReader.STRICT.spec(object, type);
      } catch (InvalidFieldException e) {
        throw new CommandFailure(where(object, e.pointer()), e.found(), e.required());
      }
    }
  }

  /** The normal form of an object that can have one. */
  static NormalForm form(KubernetesObject object) {
    try {
      return NormalForm.of(object);
    } catch (InvalidFieldException e) {
      throw new CommandFailure(where(object, e.pointer()), e.found(), e.required());
    }
  }

  /** Names a field of an object. */
  static String where(KubernetesObject object, String pointer) {
    return pointer.isEmpty() ? object.key().toString() : object.key() + " " + pointer;
  }

  private static boolean isOwn(KubernetesObject object, Iterable<String> kinds) {
    if (!object.key().group().equals(Api.GROUP)) {
      return false;
    }
    for (String kind : kinds) {
      if (kind.equals(object.kind())) {
        return true;
      }
    }
    return false;
  }
}
