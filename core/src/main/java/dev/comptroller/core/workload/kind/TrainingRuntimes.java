package dev.comptroller.core.workload.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.comptroller.core.workload.Field;
import dev.comptroller.core.workload.Site;
import java.util.Optional;

/** The runtimes that TrainJobs name. */
final class TrainingRuntimes {
  /** What a TrainJob names if it names no kind. */
  static final String DEFAULT_KIND = "ClusterTrainingRuntime";

  private static final String GROUP = "trainer.kubeflow.org/";
  private static final String SNAPSHOT_SUFFIX = "-runtime-snapshot";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private TrainingRuntimes() {}

  /**
   * The runtime that a TrainJob runs by: the snapshot that was taken when it was first seen, or
   * else the runtime as it is now.
   */
  static Optional<Field> of(Field trainJob, Site site) {
    Optional<Field> snapshot = snapshot(trainJob, site);
    if (snapshot.isPresent()) {
      return snapshot;
    }
    Field reference = trainJob.get("spec").get("runtimeRef");
    String name = reference.get("name").textOrEmpty();
    String kind = reference.get("kind").text().orElse(DEFAULT_KIND);
    return switch (kind) {
      case "ClusterTrainingRuntime" -> site.findInCluster(GROUP + kind, name);
      case "TrainingRuntime" -> site.find(GROUP + kind, name);
      default -> Optional.empty();
    };
  }

  private static Optional<Field> snapshot(Field trainJob, Site site) {
    String name = trainJob.get("metadata").get("name").textOrEmpty();
    Optional<Field> stored = site.find("ConfigMap", name + SNAPSHOT_SUFFIX);
    if (name.isEmpty() || stored.isEmpty()) {
      return Optional.empty();
    }
    Field text = stored.get().get("data").get("runtime").required("the runtime's snapshot");
    try {
      JsonNode runtime = YAML.readTree(text.textOrEmpty());
      return Optional.of(new Field(text.pointer(), runtime));
    } catch (JsonProcessingException e) {
      throw text.malformed("a runtime as YAML");
    }
  }
}
