package dev.comptroller.core.derivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;
import dev.comptroller.core.workload.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners and children as the audit log of a real API server (1.36.3) recorded their creation. */
class DerivedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RECORDED =
      Path.of("src", "test", "resources", "derivation", "recorded");
  private static final ControllerIdentities IDENTITIES =
      new ControllerIdentities(
          Map.of(
              "batch/Job", Set.of("system:serviceaccount:kube-system:job-controller"),
              "batch/CronJob", Set.of("system:serviceaccount:kube-system:cronjob-controller"),
              "apps/Deployment", Set.of("system:serviceaccount:kube-system:deployment-controller"),
              "apps/ReplicaSet", Set.of("system:serviceaccount:kube-system:replicaset-controller"),
              "apps/StatefulSet",
                  Set.of("system:serviceaccount:kube-system:statefulset-controller"),
              "apps/DaemonSet", Set.of("system:serviceaccount:kube-system:daemon-set-controller")));

  private record Recorded(String username, ObjectNode owner, ObjectNode child) {
    static Recorded of(String name) {
      try {
        JsonNode recorded = JSON.readTree(RECORDED.resolve(name + ".json").toFile());
        return new Recorded(
            recorded.get("username").asText(),
            (ObjectNode) recorded.get("owner"),
            (ObjectNode) recorded.get("child"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    DerivationVerdict verdict() {
      return Derived.check(
          new KubernetesObject(child),
          new KubernetesObject(owner),
          username,
          IDENTITIES,
          Surroundings.UNKNOWN);
    }

    Finding finding() {
      return verdict() instanceof NotDerived(Finding finding)
          ? finding
          : new Finding(ReasonCode.NotReady, "derived", "", "", "");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cronjob-to-job",
        "daemonset-to-pod",
        "deployment-to-replicaset",
        "indexed-job-to-pod",
        "job-to-pod",
        "job-to-pod-with-default-priority-class",
        "job-to-pod-with-image-pull-secrets",
        "job-to-pod-with-limit-range",
        "replicaset-to-pod",
        "statefulset-to-pod"
      })
  void what_controllers_really_make_is_derived(String name) {
    assertThat(Recorded.of(name).verdict()).isEqualTo(new Derived());
  }

  @Test
  void accelerators_that_a_limit_range_adds_are_not_derived() {
    Finding finding = Recorded.of("job-to-pod-with-accelerators-from-limit-range").finding();
    assertThat(finding.pointer()).startsWith("/spec/containers/0/resources");
    assertThat(finding.required()).startsWith("nothing, as Job chain-gpus/unlimited says");
  }

  @ParameterizedTest
  @CsvSource({
    "job-to-pod, /spec/containers/0/image, evil:1",
    "job-to-pod, /spec/containers/0/command, evil",
    "job-to-pod, /spec/initContainers/0/image, evil:1",
    "job-to-pod, /spec/serviceAccountName, admin",
    "job-to-pod, /spec/schedulerName, mine",
    "job-to-pod, /spec/unheardOf, x",
    "indexed-job-to-pod, /spec/hostname, other",
    "indexed-job-to-pod, /spec/containers/0/workingDir, /tmp",
    "replicaset-to-pod, /spec/containers/0/image, evil:1",
    "statefulset-to-pod, /spec/subdomain, other",
    "statefulset-to-pod, /spec/volumes/0/persistentVolumeClaim/claimName, data-shards-1",
    "daemonset-to-pod, /spec/runtimeClassName, nvidia",
    "cronjob-to-job, /spec/template/spec/containers/0/image, evil:1",
    "deployment-to-replicaset, /spec/template/spec/containers/0/image, evil:1"
  })
  void a_changed_value_is_named(String name, String pointer, String value) {
    Recorded recorded = Recorded.of(name);
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) recorded.child().at(pointer.substring(0, slash)))
        .put(pointer.substring(slash + 1), value);
    Finding finding = recorded.finding();
    assertThat(finding.code()).isEqualTo(ReasonCode.NotDerived);
    assertThat(finding.pointer()).isEqualTo(pointer);
    assertThat(finding.found()).isEqualTo(value);
  }

  @Test
  void more_accelerators_than_the_template_has_are_not_derived() {
    Recorded recorded = Recorded.of("job-to-pod");
    for (String amounts : new String[] {"limits", "requests"}) {
      recorded
          .child()
          .withObject("/spec/containers/0/resources/" + amounts)
          .put("nvidia.com/gpu", "8");
    }
    Finding finding = recorded.finding();
    assertThat(finding.pointer()).isEqualTo("/spec/containers/0/resources/limits/nvidia.com~1gpu");
    assertThat(finding.found()).isEqualTo("8");
    assertThat(finding.required()).startsWith("2, ");
  }

  @ParameterizedTest
  @CsvSource({
    "containers, /spec/containers/1",
    "initContainers, /spec/initContainers/1",
    "ephemeralContainers, /spec/ephemeralContainers",
    "tolerations, /spec/tolerations"
  })
  void something_added_is_not_derived(String list, String pointer) {
    Recorded recorded = Recorded.of("job-to-pod");
    ArrayNode elements = recorded.child().withArray("/spec/" + list);
    elements.addObject().put("name", "sidecar").put("image", "sidecar:1");
    assertThat(recorded.finding().pointer()).isEqualTo(pointer);
  }

  @Test
  void a_pod_that_copies_a_template_without_its_controller_is_not_derived() {
    Recorded recorded = Recorded.of("job-to-pod");
    Recorded forged = new Recorded("mallory", recorded.owner(), recorded.child());
    assertThat(forged.finding().found()).isEqualTo("made by mallory");
  }

  @Test
  void the_controller_of_another_kind_makes_no_children_of_this_one() {
    Recorded recorded = Recorded.of("job-to-pod");
    String other = "system:serviceaccount:kube-system:replicaset-controller";
    assertThat(new Recorded(other, recorded.owner(), recorded.child()).verdict())
        .isInstanceOf(NotDerived.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Complete", "Failed", "SuccessCriteriaMet", "FailureTarget"})
  void a_finished_job_has_no_more_pods(String condition) {
    Recorded recorded = Recorded.of("job-to-pod");
    recorded
        .owner()
        .withArray("/status/conditions")
        .addObject()
        .put("type", condition)
        .put("status", "True");
    assertThat(recorded.finding().found()).endsWith("which is " + condition);
  }

  @Test
  void a_suspended_job_that_was_once_resumed_is_live() {
    Recorded recorded = Recorded.of("job-to-pod");
    recorded
        .owner()
        .withArray("/status/conditions")
        .addObject()
        .put("type", "Complete")
        .put("status", "False");
    assertThat(recorded.verdict()).isEqualTo(new Derived());
  }

  @Test
  void an_owner_that_is_being_deleted_has_no_more_children() {
    Recorded recorded = Recorded.of("replicaset-to-pod");
    recorded.owner().withObject("/metadata").put("deletionTimestamp", "2026-01-01T00:00:00Z");
    assertThat(recorded.finding().found()).endsWith("which is being deleted");
  }

  @Test
  void an_owner_of_the_same_name_and_another_uid_is_another_owner() {
    Recorded recorded = Recorded.of("job-to-pod");
    recorded.owner().withObject("/metadata").put("uid", "00000000-0000-0000-0000-000000000000");
    assertThat(recorded.finding().pointer()).isEqualTo("/metadata/ownerReferences");
  }

  @Test
  void an_owner_of_another_namespace_is_another_owner() {
    Recorded recorded = Recorded.of("job-to-pod");
    recorded.owner().withObject("/metadata").put("namespace", "elsewhere");
    assertThat(recorded.verdict()).isInstanceOf(NotDerived.class);
  }

  @Test
  void two_absent_uids_are_no_match() {
    Recorded recorded = Recorded.of("job-to-pod");
    recorded.owner().withObject("/metadata").remove("uid");
    ((ObjectNode) recorded.child().at("/metadata/ownerReferences/0")).remove("uid");
    assertThat(recorded.verdict()).isInstanceOf(NotDerived.class);
  }

  @Test
  void an_owner_reference_that_does_not_control_proves_nothing() {
    Recorded recorded = Recorded.of("job-to-pod");
    ((ObjectNode) recorded.child().at("/metadata/ownerReferences/0")).remove("controller");
    assertThat(recorded.finding().found()).isEqualTo("no controller");
  }

  @Test
  void a_kind_that_has_no_such_children_is_no_owner() {
    Recorded job = Recorded.of("cronjob-to-job");
    Consumer<ObjectNode> asPod = child -> child.put("apiVersion", "v1").put("kind", "Pod");
    asPod.accept(job.child());
    assertThat(job.finding().found()).isEqualTo("CronJob as owner of a Pod");
  }

  @Test
  void values_of_variables_are_not_told() {
    Recorded recorded = Recorded.of("job-to-pod");
    ((ObjectNode) recorded.child().at("/spec/containers/0/env/0")).put("value", "s3cr3t");
    assertThat(recorded.finding().message()).doesNotContain("s3cr3t");
  }
}
