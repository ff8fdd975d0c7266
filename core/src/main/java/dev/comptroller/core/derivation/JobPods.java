package dev.comptroller.core.derivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A Job's pods are its template; those of an Indexed Job also know their index. */
final class JobPods implements Relation {
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";
  private static final String VARIABLE = "JOB_COMPLETION_INDEX";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

  @Override
  public Comparison compare(KubernetesObject pod, KubernetesObject job) {
    ObjectNode spec = PodSpecs.template(job);
    String index = pod.labels().getOrDefault(INDEX, "");
    if (job.spec().path("completionMode").asText().equals("Indexed")
        && NUMBER.matcher(index).matches()) {
      spec.put("hostname", job.name() + "-" + index);
      for (String kind : List.of("initContainers", "containers")) {
        spec.path(kind).forEach(JobPods::addVariable);
      }
    }
    return PodSpecs.compare(pod, spec);
  }

  private static void addVariable(JsonNode container) {
    ArrayNode variables =
        Forms.object(container, "a container of the template").withArrayProperty("env");
    boolean named =
        StreamSupport.stream(variables.spliterator(), false)
            .anyMatch(variable -> variable.path("name").asText().equals(VARIABLE));
    if (!named) {
      variables.add(
          Json.object(
              "name",
              VARIABLE,
              "valueFrom",
              Json.object(
                  "fieldRef", Json.object("fieldPath", "metadata.labels['" + INDEX + "']"))));
    }
  }
}
