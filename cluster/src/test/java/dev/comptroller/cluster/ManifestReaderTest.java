package dev.comptroller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.core.object.KubernetesObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestReaderTest {

  @Test
  void documents_and_lists_are_read_in_their_order() {
    List<KubernetesObject> objects =
        ManifestReader.read(
            "all.yaml",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            ---
            # nothing here
            ---
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Pod, metadata: {name: b}}
            - {apiVersion: batch/v1, kind: Job, metadata: {name: c}}
            """);
    assertThat(objects).extracting(KubernetesObject::name).containsExactly("a", "b", "c");
  }

  @Test
  void json_is_read_with_every_digit_of_its_numbers() {
    KubernetesObject object =
        ManifestReader.read(
                "a.json",
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"},
                 "spec": {"large": 9007199254740993, "share": 0.1}}
                """)
            .getFirst();
    assertThat(object.spec().toString()).isEqualTo("{\"large\":9007199254740993,\"share\":0.1}");
  }

  @Test
  void a_key_twice_is_refused_with_its_line() {
    assertThatThrownBy(
            () ->
                ManifestReader.read(
                    "a.yaml", "apiVersion: v1\nkind: Pod\nkind: Job\nmetadata: {name: a}\n"))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageStartingWith("a.yaml: line 3: found duplicate key kind");
  }

  @Test
  void aliases_cannot_make_a_small_file_large() {
    StringBuilder bomb =
        new StringBuilder("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\na0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> ManifestReader.read("bomb.yaml", bomb.toString()))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageContaining("bomb.yaml");
  }

  @Test
  void nesting_without_end_is_refused() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> ManifestReader.read("deep.yaml", deep))
        .isInstanceOf(InvalidManifestException.class);
  }

  @Test
  void what_is_no_object_is_refused_with_what_it_lacks() {
    assertThatThrownBy(() -> ManifestReader.read("a.yaml", "just text"))
        .hasMessage("a.yaml, document 1: found no map, required a Kubernetes object");
    assertThatThrownBy(() -> ManifestReader.read("a.yaml", "kind: Pod"))
        .hasMessage("a.yaml, document 1: found no apiVersion, required text such as v1 or Job");
    assertThatThrownBy(() -> ManifestReader.read("a.yaml", "apiVersion: v1\nkind: Pod"))
        .hasMessage("a.yaml, document 1: found no metadata.name, required the object's name");
  }

  @Test
  void a_value_that_json_lacks_is_refused() {
    assertThatThrownBy(
            () ->
                ManifestReader.read(
                    "a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nx: .inf\n"))
        .hasMessageContaining("a value that JSON does not have");
    assertThatThrownBy(
            () ->
                ManifestReader.read(
                    "a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n1: x\n"))
        .hasMessageContaining("found the key 1, required text");
  }

  @Test
  void a_directory_is_read_in_the_order_of_its_names(@TempDir Path directory) throws Exception {
    Files.writeString(
        directory.resolve("2.yaml"), "{apiVersion: v1, kind: Pod, metadata: {name: second}}");
    Files.writeString(
        directory.resolve("1.json"),
        "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"first\"}}");
    Files.writeString(directory.resolve("notes.txt"), "not a manifest");
    assertThat(ManifestReader.read(List.of(directory)))
        .extracting(KubernetesObject::name)
        .containsExactly("first", "second");
  }
}
