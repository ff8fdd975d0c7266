package dev.comptroller.core.normalform;

import static dev.comptroller.core.normalform.Elements.fill;
import static dev.comptroller.core.normalform.Elements.object;
import static dev.comptroller.core.normalform.Elements.objects;
import static dev.comptroller.core.normalform.Elements.required;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What the API server fills into the objects whose controllers make pods. */
final class WorkloadDefaults {
  private WorkloadDefaults() {}

  static void job(ObjectNode spec) {
    if (!spec.has("parallelism")) {
      fill(spec, "completions", 1);
    }
    fill(spec, "parallelism", 1);
    fill(spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6);
    fill(spec, "completionMode", "NonIndexed");
    fill(
        spec,
        "podReplacementPolicy",
        spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    fill(spec, "manualSelector", false);
    fill(spec, "suspend", false);
    for (ObjectNode policy : object(spec, "podFailurePolicy")) {
      for (ObjectNode rule : objects(policy.path("rules"))) {
        objects(rule.path("onPodConditions")).forEach(found -> fill(found, "status", "True"));
      }
    }
    template(spec);
  }

  static void cronJob(ObjectNode spec) {
    fill(spec, "concurrencyPolicy", "Allow");
    fill(spec, "suspend", false);
    fill(spec, "successfulJobsHistoryLimit", 3);
    fill(spec, "failedJobsHistoryLimit", 1);
    for (ObjectNode template : object(spec, "jobTemplate")) {
      required(template, "metadata");
      // The server fills the job in when it is made; filled in here, both read alike.
      object(template, "spec").forEach(WorkloadDefaults::job);
    }
  }

  static void deployment(ObjectNode spec) {
    fill(spec, "replicas", 1);
    fill(spec, "revisionHistoryLimit", 10);
    fill(spec, "progressDeadlineSeconds", 600);
    for (ObjectNode update : rollingUpdate(spec, "strategy")) {
      fill(update, "maxUnavailable", "25%");
      fill(update, "maxSurge", "25%");
    }
    template(spec);
  }

  static void replicaSet(ObjectNode spec) {
    fill(spec, "replicas", 1);
    template(spec);
  }

  static void statefulSet(ObjectNode spec) {
    fill(spec, "replicas", 1);
    fill(spec, "podManagementPolicy", "OrderedReady");
    fill(spec, "revisionHistoryLimit", 10);
    for (ObjectNode update : rollingUpdate(spec, "updateStrategy")) {
      fill(update, "partition", 0);
      fill(update, "maxUnavailable", 1);
    }
    for (ObjectNode retention : required(spec, "persistentVolumeClaimRetentionPolicy")) {
      fill(retention, "whenDeleted", "Retain");
      fill(retention, "whenScaled", "Retain");
    }
    for (ObjectNode claim : objects(spec.path("volumeClaimTemplates"))) {
      claim.remove(List.of("apiVersion", "kind", "status"));
      VolumeDefaults.claimTemplate(claim);
    }
    template(spec);
  }

  static void daemonSet(ObjectNode spec) {
    fill(spec, "revisionHistoryLimit", 10);
    for (ObjectNode update : rollingUpdate(spec, "updateStrategy")) {
      fill(update, "maxUnavailable", 1);
      fill(update, "maxSurge", 0);
    }
    template(spec);
  }

  private static void template(ObjectNode spec) {
    object(spec, "template").forEach(PodDefaults::template);
  }

  private static List<ObjectNode> rollingUpdate(ObjectNode spec, String member) {
    for (ObjectNode strategy : required(spec, member)) {
      fill(strategy, "type", "RollingUpdate");
      if (strategy.path("type").asText().equals("RollingUpdate")) {
        return required(strategy, "rollingUpdate");
      }
    }
    return List.of();
  }
}
