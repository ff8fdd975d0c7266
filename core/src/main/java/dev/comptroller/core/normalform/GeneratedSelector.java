package dev.comptroller.core.normalform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The selector and labels that the API server makes for a Job from its UID. They cannot be known
 * before the Job exists, and the server refuses any others unless {@code manualSelector} is set.
 */
final class GeneratedSelector {
  private static final List<String> LABELS =
      List.of(
          "controller-uid",
          "job-name",
          "batch.kubernetes.io/controller-uid",
          "batch.kubernetes.io/job-name");

  private GeneratedSelector() {}

  static void leaveOut(ObjectNode jobSpec) {
    if (jobSpec.path("manualSelector").asBoolean(false)) {
      return;
    }
    jobSpec.remove("selector");
    if (jobSpec.at("/template/metadata") instanceof ObjectNode metadata) {
      JsonNode labels = metadata.path("labels");
      if (labels instanceof ObjectNode map) {
        map.remove(LABELS);
      }
      if (labels.isObject() && labels.isEmpty()) {
        metadata.remove("labels");
      }
    }
  }
}
