package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What names an owner that needs no accelerator, to get one: the owner is looked at. */
@ExtendWith(ComptrollerExtension.class)
class ForgedOwnerIT {
  private static final String POD =
      "{restartPolicy: %s, containers: [{name: main, image: registry.example.com/none}]}";

  private final Team team;

  ForgedOwnerIT(Team team) {
    this.team = team;
  }

  @Test
  void a_job_that_names_a_cron_job_as_its_controller_is_not_taken_for_its_job() {
    KubernetesObject owner =
        stored(
            """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly}
            spec:
              schedule: "0 3 * * *"
              suspend: true
              jobTemplate: {spec: {template: {spec: %s}}}
            """
                .formatted(POD.formatted("Never")));

    assertThat(team.verdict(childOf(owner, team.manifest("job", "nightly-1"))).reasons())
        .contains("NotDerived");
  }

  @Test
  void a_pod_that_names_a_daemon_set_as_its_controller_is_not_taken_for_its_pod() {
    KubernetesObject owner =
        stored(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              selector: {matchLabels: {app: agent}}
              template: {metadata: {labels: {app: agent}}, spec: %s}
            """
                .formatted(POD.formatted("Always")));
    ObjectNode job = team.manifest("job", "agent-1");
    ObjectNode pod = job.deepCopy();
    pod.put("apiVersion", "v1").put("kind", "Pod").set("spec", job.at("/spec/template/spec"));

    assertThat(team.verdict(childOf(owner, pod)).reasons()).contains("NotDerived");
  }

  private KubernetesObject stored(String yaml) {
    ObjectNode owner = (ObjectNode) Manifests.yaml(yaml);
    owner.withObject("/metadata").put("namespace", team.namespace());
    team.create(owner);
    return team.stored(owner);
  }

  private static ObjectNode childOf(KubernetesObject owner, ObjectNode child) {
    child
        .withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", owner.apiVersion())
        .put("kind", owner.kind())
        .put("name", owner.name())
        .put("uid", owner.uid())
        .put("controller", true);
    return child;
  }
}
