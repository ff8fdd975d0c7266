package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is derived from a signed object needs no signature of its own; what only looks so does. */
@ExtendWith(ComptrollerExtension.class)
class DerivationIT {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LASTS = "pod-complete.stage.kwok.x-k8s.io/delay";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Team team;

  DerivationIT(Team team) {
    this.team = team;
  }

  @Test
  void a_pod_that_names_a_running_job_as_its_controller_is_not_taken_for_its_pod() {
    Pod real = runningPodOf(createJob("forged-running", "never"));

    assertThat(team.verdict(forged(real)).reasons()).contains("NotDerived");
  }

  @Test
  void a_pod_that_names_a_finished_job_as_its_controller_is_not_taken_for_its_pod() {
    Job job = createJob("forged-finished", "0s");
    Pod real = podOf(job);
    await()
        .atMost(LIMIT)
        .until(
            () ->
                Integer.valueOf(1)
                    .equals(team.admin().resource(job).get().getStatus().getSucceeded()));

    assertThat(team.verdict(forged(real)).reasons()).contains("NotDerived");
  }

  @Test
  void the_controller_reference_of_a_governed_pod_cannot_be_removed() {
    Pod pod = runningPodOf(createJob("owner-removed", "never"));

    Verdict verdict =
        Verdict.on(
            () ->
                engineer()
                    .resource(pod)
                    .patch(MERGE, "{\"metadata\": {\"ownerReferences\": null}}"));
    assertThat(verdict.reasons()).contains("ControllerChanged");
  }

  @Test
  void a_job_cannot_be_deleted_without_its_pods() {
    Job job = createJob("orphaned", "never");
    runningPodOf(job);

    assertThat(
            Verdict.on(
                    () ->
                        engineer()
                            .resource(job)
                            .withPropagationPolicy(DeletionPropagation.ORPHAN)
                            .delete())
                .reasons())
        .containsExactly("Orphaning");
    assertThat(
            Verdict.on(
                    () ->
                        engineer()
                            .resource(job)
                            .patch(MERGE, "{\"metadata\": {\"finalizers\": [\"orphan\"]}}"))
                .reasons())
        .containsExactly("Orphaning");
  }

  @Test
  void nobody_gets_a_shell_in_a_governed_pod() {
    Pod pod = runningPodOf(createJob("shell", "never"));
    String path =
        "/api/v1/namespaces/%s/pods/%s/exec?command=id&stdout=true"
            .formatted(team.namespace(), pod.getMetadata().getName());

    assertThat(Verdict.on(() -> engineer().raw(path, "POST", "")).reasons())
        .containsExactly("InteractiveDenied");
  }

  @Test
  void a_container_cannot_be_added_to_a_running_governed_pod() {
    Pod pod = runningPodOf(createJob("ephemeral", "never"));

    Verdict verdict =
        Verdict.on(
            () ->
                team.admin()
                    .pods()
                    .inNamespace(team.namespace())
                    .withName(pod.getMetadata().getName())
                    .ephemeralContainers()
                    .edit(
                        edited ->
                            new PodBuilder(edited)
                                .editSpec()
                                .addNewEphemeralContainer()
                                .withName("debug")
                                .withImage("debug")
                                .endEphemeralContainer()
                                .endSpec()
                                .build()));
    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.code()).isEqualTo(403);
  }

  @Test
  void the_pods_of_a_signed_stateful_set_run_without_signatures_of_their_own() {
    ObjectNode store = team.alice.sign(team.manifest("stateful-set", "store"));
    team.create(store);

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(team.stored(store).json().at("/status/readyReplicas").asInt())
                    .isEqualTo(1));
  }

  private KubernetesClient engineer() {
    return team.engineer();
  }

  /** A signed Job whose pods run for this long. */
  private Job createJob(String name, String lasts) {
    ObjectNode job =
        Manifests.with(
            team.manifest("job", name),
            "/spec/template/metadata",
            "{annotations: {%s: %s}}".formatted(LASTS, lasts));
    team.create(team.alice.sign(job));
    return team.admin().batch().v1().jobs().inNamespace(team.namespace()).withName(name).get();
  }

  private Pod podOf(Job job) {
    await().atMost(LIMIT).until(() -> !pods(job).isEmpty());
    return pods(job).getFirst();
  }

  private Pod runningPodOf(Job job) {
    await()
        .atMost(LIMIT)
        .until(
            () -> pods(job).stream().anyMatch(pod -> pod.getStatus().getPhase().equals("Running")));
    return podOf(job);
  }

  private List<Pod> pods(Job job) {
    return team.admin()
        .pods()
        .inNamespace(team.namespace())
        .withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName())
        .list()
        .getItems();
  }

  /** A copy of a pod under another name, with its controller reference. */
  private static ObjectNode forged(Pod real) {
    Pod copy =
        new PodBuilder(real)
            .withNewMetadata()
            .withName(real.getMetadata().getName() + "-forged")
            .withNamespace(real.getMetadata().getNamespace())
            .withLabels(real.getMetadata().getLabels())
            .withOwnerReferences(real.getMetadata().getOwnerReferences())
            .endMetadata()
            .withStatus(null)
            .editSpec()
            .withNodeName(null)
            .endSpec()
            .build();
    return JSON.valueToTree(copy);
  }
}
