package dev.comptroller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.api.v1alpha1.Api;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignCommandTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void keysAndRun() {
    shell = new Shell(folder).withKeys().write("run.yaml", Manifests.RUN);
  }

  @Test
  void only_the_signature_is_added_and_comments_stay() {
    String signed = shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem");
    List<String> added =
        signed.lines().filter(line -> Manifests.RUN.lines().noneMatch(line::equals)).toList();
    assertThat(added)
        .hasSize(2)
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("  annotations:"),
            line -> assertThat(line).startsWith("    comptroller.dev/signature: '{\"payload\""));
    assertThat(signed.lines().filter(line -> !added.contains(line)))
        .containsExactlyElementsOf(Manifests.RUN.lines().toList());
  }

  @Test
  void objects_that_nobody_governs_stay_as_they_are() {
    shell.write(
        "all.yaml", Manifests.NOTES + "---\n" + Manifests.RUN + "---\n" + Manifests.ENDPOINT);
    String signed = shell.runWell("sign", "-f", "all.yaml", "--key", "alice.pem");
    assertThat(signed).startsWith(Manifests.NOTES + "---\n");
    assertThat(objects(signed))
        .extracting(SignatureAnnotations::present)
        .containsExactly(false, true, true);
  }

  @Test
  void every_object_of_a_list_is_signed() {
    String list =
        "apiVersion: v1\nkind: List\nitems:\n"
            + ("- " + Manifests.ENDPOINT.indent(2).strip() + "\n")
            + ("- " + Manifests.ENDPOINT.replace("credit, n", "other, n").indent(2).strip() + "\n");
    shell.write("list.yaml", list);
    String signed = shell.runWell("sign", "-f", "list.yaml", "--key", "alice.pem");
    assertThat(objects(signed))
        .extracting(SignatureAnnotations::present)
        .containsExactly(true, true);
  }

  @Test
  void a_signature_by_the_same_key_is_replaced_and_one_by_another_stays() {
    shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "--to", "run.yaml");
    shell.runWell(
        "sign", "-f", "run.yaml", "--key", "bob.pem", "--signer", "bob", "--to", "run.yaml");
    String both = shell.read("run.yaml");
    shell.runWell(
        "sign", "-f", "run.yaml", "--key", "alice.pem", "--expires", "1h", "--to", "run.yaml");
    KubernetesObject before = objects(both).getFirst();
    KubernetesObject after = objects(shell.read("run.yaml")).getFirst();
    String alices = Api.SIGNATURE_ANNOTATION;
    String bobs = Api.SIGNATURE_ANNOTATION + ".bob";
    assertThat(after.annotations()).containsOnlyKeys(alices, bobs);
    assertThat(after.annotations().get(bobs)).isEqualTo(before.annotations().get(bobs));
    assertThat(after.annotations().get(alices)).isNotEqualTo(before.annotations().get(alices));
  }

  @Test
  void a_second_signer_without_a_name_gets_an_annotation_of_the_key() {
    shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "--to", "run.yaml");
    shell.runWell("sign", "-f", "run.yaml", "--key", "bob.pem", "--to", "run.yaml");
    assertThat(objects(shell.read("run.yaml")).getFirst().annotations().keySet())
        .hasSize(2)
        .anySatisfy(name -> assertThat(name).matches("comptroller\\.dev/signature\\.[0-9a-f]{12}"));
  }

  @Test
  void nobody_takes_the_place_of_another_signer() {
    shell.runWell(
        "sign", "-f", "run.yaml", "--key", "bob.pem", "--signer", "bob", "--to", "run.yaml");
    refused("found a signature by another key", "--key", "alice.pem", "--signer", "bob");
  }

  @Test
  void json_stays_json() throws IOException {
    var mapper = new JsonMapper();
    shell.write(
        "run.json",
        mapper.writeValueAsString(ManifestReader.read("run", Manifests.RUN).getFirst().json()));
    var signed = mapper.readTree(shell.runWell("sign", "-f", "run.json", "--key", "alice.pem"));
    assertThat(signed.at("/metadata/annotations/comptroller.dev~1signature").asText())
        .startsWith("{");
    assertThat(signed.at("/spec/stage").asText()).isEqualTo("FineTune");
  }

  @Test
  void annotations_that_an_alias_repeats_are_signed_in_their_own_place_only() {
    String shared =
        Manifests.RUN
            .replace(
                "  namespace: nlp # where it runs\n",
                "  namespace: nlp\n  annotations: &a {team: nlp}\n")
            .replace(
                "      template:\n        spec:",
                "      template:\n        metadata: {annotations: *a}\n        spec:");
    shell.write("shared.yaml", shared);
    KubernetesObject signed =
        objects(shell.runWell("sign", "-f", "shared.yaml", "--key", "alice.pem")).getFirst();
    assertThat(signed.annotations()).containsKeys("team", Api.SIGNATURE_ANNOTATION);
    assertThat(signed.spec().at("/workload/spec/template/metadata/annotations"))
        .hasToString("{\"team\":\"nlp\"}");
  }

  @Test
  void a_manifest_without_a_namespace_needs_one_and_gets_it() {
    shell.write("run.yaml", Manifests.RUN.replace("  namespace: nlp # where it runs\n", ""));
    refused(
        "TrainingRun sft /metadata/namespace: found nothing, required the namespace",
        "--key",
        "alice.pem");
    String signed = shell.runWell("sign", "-f", "run.yaml", "--key", "alice.pem", "-n", "nlp");
    assertThat(objects(signed).getFirst().namespace()).isEqualTo("nlp");
  }

  @Test
  void a_field_that_the_api_server_would_drop_is_refused() {
    shell.write("run.yaml", Manifests.RUN.replace("  owner:", "  ownr: x\n  owner:"));
    refused("TrainingRun nlp/sft /spec/ownr: found the unknown field ownr", "--key", "alice.pem");
  }

  @Test
  void a_kind_whose_accelerators_cannot_be_counted_is_refused() {
    shell.write(
        "run.yaml",
        "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: a, namespace: b}\nspec: {}\n");
    refused("Workflow b/a /kind: found argoproj.io/Workflow", "--key", "alice.pem");
  }

  @Test
  void a_manifest_without_anything_governed_is_refused() {
    shell.write("run.yaml", Manifests.NOTES);
    refused("found nothing to sign", "--key", "alice.pem");
  }

  @Test
  void a_manifest_that_says_a_thing_twice_is_refused_with_its_line() {
    shell.write("run.yaml", Manifests.RUN + "kind: Job\n");
    refused(
        "line " + (Manifests.RUN.lines().count() + 1) + ": found duplicate key kind",
        "--key",
        "alice.pem");
  }

  @Test
  void a_public_key_signs_nothing() {
    refused("required one unencrypted PEM block PRIVATE KEY", "--key", "alice.pub.pem");
  }

  @Test
  void a_key_that_others_can_read_is_warned_about() throws IOException {
    Files.setPosixFilePermissions(
        shell.path("alice.pem"), PosixFilePermissions.fromString("rw-r-----"));
    Shell.Result result = shell.run("sign", "-f", "run.yaml", "--key", "alice.pem");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("others than its owner can use this key; next: chmod 600 ");
  }

  @Test
  void a_window_that_ends_before_it_begins_is_refused() {
    refused(
        "--expires: found 2026-10-01T13:00:00Z, required a later time",
        "--key",
        "alice.pem",
        "--not-before",
        "2h",
        "--expires",
        "1h");
  }

  @Test
  void standard_input_is_signed_to_standard_output() {
    Shell.Result result =
        shell.runWithInput(Manifests.RUN, "sign", "-f", "-", "--key", "alice.pem");
    assertThat(result.out()).contains("comptroller.dev/signature");
    assertThat(result.err()).startsWith("signed TrainingRun nlp/sft, plan sha256:");
  }

  private void refused(String message, String... options) {
    String[] arguments = new String[options.length + 3];
    System.arraycopy(new String[] {"sign", "-f", "run.yaml"}, 0, arguments, 0, 3);
    System.arraycopy(options, 0, arguments, 3, options.length);
    Shell.Result result = shell.run(arguments);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: ").contains(message).hasLineCount(1);
  }

  private static List<KubernetesObject> objects(String manifest) {
    return ManifestReader.read("signed", manifest);
  }
}
