package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.client.dsl.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the operator may not write, the object says of itself, and goes on when it may. */
@ExtendWith(ComptrollerExtension.class)
class RefusedWriteIT {
  private final Team team;

  RefusedWriteIT(Team team) {
    this.team = team;
  }

  @Test
  void a_run_whose_jobs_name_is_taken_says_so_and_starts_when_it_is_free() {
    Resource<GenericKubernetesResource> stranger =
        stranger(
            """
            apiVersion: batch/v1
            kind: Job
            metadata: {name: taken}
            spec:
              suspend: true
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: main, image: registry.example.com/plain}]
            """);
    GovernedObject run = GovernedObject.run(team, "taken", "never").create();

    assertRefused(run, "NameTaken", "taken exists and is not ours: delete it");
    assertThat(run.status().path("phase").asText()).isEqualTo("Pending");
    assertThat(stranger.get().getMetadata().getOwnerReferences()).isEmpty();
    stranger.delete();

    run.awaitPhase("Running");
    assertThat(run.condition("Reconciling").path("reason").asText()).isNotEqualTo("NameTaken");
    run.delete();
  }

  @Test
  void an_endpoint_whose_services_name_is_taken_says_so_and_serves_when_it_is_free() {
    Resource<GenericKubernetesResource> stranger =
        stranger(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: busy}
            spec: {ports: [{port: 80}]}
            """);
    GovernedObject endpoint = GovernedObject.endpoint(team, "busy").create();

    assertRefused(endpoint, "NameTaken", "busy exists and is not ours: delete it");
    stranger.delete();

    endpoint.awaitCondition("Ready", "True", "Available");
    endpoint.delete();
  }

  @Test
  void a_run_whose_job_exceeds_a_quota_says_so_and_starts_when_there_is_room() {
    ResourceQuota quota = team.admin().resource(team.noJobs()).create();
    GovernedObject run = GovernedObject.run(team, "no-room", "never").create();

    assertRefused(run, "WriteRefused", "exceeded quota: no-jobs");
    team.admin().resource(quota).delete();

    run.awaitPhase("Running");
    run.delete();
  }

  private static void assertRefused(GovernedObject object, String reason, String message) {
    object.awaitCondition("Ready", "False", reason).awaitCondition("Reconciling", "True", reason);
    assertThat(object.condition("Ready").path("message").asText()).contains(message);
    assertThat(object.condition("Admitted").path("status").asText()).isEqualTo("True");
  }

  /** Somebody else's object that has the name already. */
  private Resource<GenericKubernetesResource> stranger(String yaml) {
    ObjectNode object = (ObjectNode) Manifests.yaml(yaml);
    object.withObject("/metadata").put("namespace", team.namespace());
    Resource<GenericKubernetesResource> stranger = Team.resource(team.admin(), object);
    stranger.create();
    return stranger;
  }
}
