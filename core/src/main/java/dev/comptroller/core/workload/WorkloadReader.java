package dev.comptroller.core.workload;

import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.kind.Kind;
import dev.comptroller.core.workload.kind.Kinds;
import java.util.Optional;

/** Reads any object as the workload it stands for. */
public final class WorkloadReader {
  private static final String TRAINING_RUN = Api.GROUP + "/TrainingRun";

  private WorkloadReader() {}

  /** Reads an object by what it says itself. */
  public static Reading read(KubernetesObject object) {
    return read(object, Surroundings.UNKNOWN);
  }

  /**
   * Reads an object. A TrainingRun is read as its {@code spec.workload}, a ModelDeployment as the
   * serving pods it stands for. Never throws for what an object holds.
   *
   * @param around what else its pods, their number or their time depend on
   */
  public static Reading read(KubernetesObject object, Surroundings around) {
    try {
      return read(new Field("", object.json()), new Site(object.namespace(), around));
    } catch (InvalidFieldException e) {
      return new Reading.Malformed(e.pointer(), e.found(), e.required());
    }
  }

  private static Reading read(Field object, Site site) {
    String name = groupAndKind(object);
    if (!name.equals(TRAINING_RUN)) {
      return read(name, object, site).orElseGet(Reading.NotAWorkload::new);
    }
    Field workload = object.get("spec").get("workload").required("the workload to run");
    String inner = groupAndKind(workload);
    return read(inner, workload, site)
        .orElseGet(() -> new Reading.Unsupported(inner, workload.pointer()));
  }

  private static Optional<Reading> read(String name, Field object, Site site) {
    Optional<Kind> kind = Kinds.named(name);
    if (kind.isPresent()) {
      return Optional.of(new Reading.Read(kind.get().read(object, site)));
    }
    return Kinds.isUnread(name)
        ? Optional.of(new Reading.Unsupported(name, object.pointer()))
        : Optional.empty();
  }

  private static String groupAndKind(Field object) {
    String apiVersion = object.get("apiVersion").textOrEmpty();
    String kind = object.get("kind").textOrEmpty();
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? kind : apiVersion.substring(0, slash + 1) + kind;
  }
}
