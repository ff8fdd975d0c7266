package dev.comptroller.core.normalform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.ApprovalSpec;
import dev.comptroller.api.v1alpha1.ModelDeploymentSpec;
import dev.comptroller.api.v1alpha1.TrainingRunSpec;
import dev.comptroller.core.golden.GoldenCase;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** in.yaml is a manifest, server.json what a real API server (1.36.3) made of it. */
class NormalFormTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<GoldenCase> cases() {
    return GoldenCase.all("normalform");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_form_and_digest_of_a_manifest_stay_what_they_are(GoldenCase given) {
    NormalForm form = NormalForm.of(given.object("in.yaml"));
    given.assertJson("out.json", form.value());
    given.assertText("digest", form.digest() + "\n");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void a_manifest_and_what_the_server_makes_of_it_have_one_form(GoldenCase given) {
    NormalForm offline = NormalForm.of(given.object("in.yaml"));
    NormalForm server = NormalForm.of(given.object("server.json"));
    assertThat(Differences.first(offline.value(), server.value())).isEmpty();
    assertThat(offline.digest()).isEqualTo(server.digest());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_form_of_a_form_is_itself(GoldenCase given) {
    NormalForm once = NormalForm.of(given.object("in.yaml"));
    ObjectNode again = once.value().deepCopy();
    again.remove(List.of("namespace", "name"));
    again.putObject("metadata").set("namespace", once.value().get("namespace"));
    again.withObject("/metadata").set("name", once.value().get("name"));
    assertThat(NormalForm.of(new KubernetesObject(again)).digest()).isEqualTo(once.digest());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void the_order_of_members_does_not_count(GoldenCase given) {
    KubernetesObject manifest = given.object("in.yaml");
    KubernetesObject reversed = new KubernetesObject((ObjectNode) reversed(manifest.json()));
    assertThat(NormalForm.of(reversed).digest()).isEqualTo(NormalForm.of(manifest).digest());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void an_unknown_field_anywhere_changes_the_digest(GoldenCase given) {
    KubernetesObject manifest = given.object("in.yaml");
    for (String pointer : objectsBelow("/spec", manifest.spec())) {
      ObjectNode changed = manifest.json().deepCopy();
      ((ObjectNode) changed.at(pointer)).put("unheardOf", "x");
      assertThat(NormalForm.of(new KubernetesObject(changed)).digest())
          .as(pointer)
          .isNotEqualTo(NormalForm.of(manifest).digest());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void metadata_and_status_do_not_count_but_name_and_namespace_do(GoldenCase given) {
    KubernetesObject manifest = given.object("in.yaml");
    ObjectNode labelled = manifest.json().deepCopy();
    labelled.withObject("/metadata/annotations").put("argocd.argoproj.io/sync-wave", "1");
    labelled.withObject("/metadata/labels").put("a", "b");
    labelled.withObject("/status").put("phase", "Running");
    assertThat(digest(labelled)).isEqualTo(digest(manifest.json()));
    for (String member : List.of("name", "namespace")) {
      ObjectNode moved = manifest.json().deepCopy();
      moved.withObject("/metadata").put(member, "elsewhere");
      assertThat(digest(moved)).as(member).isNotEqualTo(digest(manifest.json()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'hostNetwork': true}",
        "{'automountServiceAccountToken': false}",
        "{'tolerations': [{'operator': 'Exists'}]}",
        "{'priorityClassName': 'high'}",
        "{'nodeName': 'gpu-0'}",
        "{'nodeSelector': {'a': ''}}",
        "{'volumes': [{'name': 'kube-api-access-abcde', 'projected': {'defaultMode': 420,"
            + " 'sources': [{'secret': {'name': 'stolen'}}]}}]}",
        "{'initContainers': [{'name': 'i', 'image': 'i'}]}"
      })
  void what_a_pod_gains_beyond_admission_changes_the_digest(String addition) throws IOException {
    ObjectNode pod = pod("{'containers': [{'name': 'main', 'image': 'a:1'}]}");
    ObjectNode changed = pod.deepCopy();
    ((ObjectNode) changed.get("spec")).setAll((ObjectNode) JSON.readTree(quoted(addition)));
    assertThat(digest(changed)).isNotEqualTo(digest(pod));
  }

  @Test
  void a_token_volume_that_the_pod_declined_is_part_of_the_form() throws IOException {
    KubernetesObject admitted = GoldenCase.of("normalform", "pod").object("server.json");
    ObjectNode declined = admitted.json().deepCopy();
    ((ObjectNode) declined.get("spec")).put("automountServiceAccountToken", false);
    assertThat(NormalForm.of(new KubernetesObject(declined)).value().toString())
        .contains("kube-api-access-");
    assertThat(NormalForm.of(admitted).value().toString()).doesNotContain("kube-api-access-");
  }

  @ParameterizedTest
  @CsvSource({
    "batch/v1, Job, /suspend",
    "apps/v1, Deployment, /replicas",
    "jobset.x-k8s.io/v1alpha2, JobSet, /suspend",
    "kubeflow.org/v1, PyTorchJob, /runPolicy/suspend",
    "comptroller.dev/v1alpha1, TrainingRun, /suspend",
    "comptroller.dev/v1alpha1, ModelDeployment, /scale/replicas"
  })
  void what_is_left_out_is_listed_with_its_reason(String apiVersion, String kind, String pointer) {
    assertThat(Specs.of(apiVersion, kind).orElseThrow().omissions())
        .anySatisfy(
            omission -> {
              assertThat(omission.pointer()).isEqualTo(pointer);
              assertThat(omission.reason()).isNotBlank();
            });
  }

  static List<Arguments> ownKinds() {
    return List.of(
        Arguments.of("trainingrun", TrainingRunSpec.class),
        Arguments.of("trainingrun-other-kind", TrainingRunSpec.class),
        Arguments.of("modeldeployment", ModelDeploymentSpec.class),
        Arguments.of("approval", ApprovalSpec.class));
  }

  @ParameterizedTest
  @MethodSource("ownKinds")
  void reading_our_kinds_into_their_classes_and_back_changes_no_digest(String name, Class<?> type) {
    KubernetesObject server = GoldenCase.of("normalform", name).object("server.json");
    ObjectNode again = server.json().deepCopy();
    again.set("spec", JSON.valueToTree(KindReader.LENIENT.spec(server, type)));
    assertThat(digest(again)).isEqualTo(digest(server.json()));
  }

  @Test
  void a_number_that_a_double_cannot_hold_is_refused_by_its_pointer() throws IOException {
    ObjectNode run = pod("{'hyperparameters': {'seed': 9007199254740993}}");
    assertThatThrownBy(() -> NormalForm.of(new KubernetesObject(run)))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("/spec/hyperparameters/seed: found 9007199254740993");
  }

  private static ObjectNode pod(String spec) throws IOException {
    ObjectNode pod = JSON.createObjectNode();
    pod.put("apiVersion", "v1").put("kind", "Pod");
    pod.putObject("metadata").put("name", "a").put("namespace", "b");
    pod.set("spec", JSON.readTree(quoted(spec)));
    return pod;
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static Object digest(ObjectNode object) {
    return NormalForm.of(new KubernetesObject(object)).digest();
  }

  private static JsonNode reversed(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
      Collections.reverse(members);
      ObjectNode result = JSON.createObjectNode();
      members.forEach(member -> result.set(member.getKey(), reversed(member.getValue())));
      return result;
    }
    if (node instanceof ArrayNode list) {
      ArrayNode result = JSON.createArrayNode();
      list.forEach(element -> result.add(reversed(element)));
      return result;
    }
    return node;
  }

  private static List<String> objectsBelow(String pointer, JsonNode node) {
    List<String> found = new ArrayList<>();
    if (node.isObject()) {
      found.add(pointer);
      node.properties()
          .forEach(
              member ->
                  found.addAll(
                      objectsBelow(
                          pointer + "/" + Differences.escape(member.getKey()), member.getValue())));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        found.addAll(objectsBelow(pointer + "/" + i, node.get(i)));
      }
    }
    return found;
  }
}
