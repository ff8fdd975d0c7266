package dev.comptroller.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The definitions in the chart and the API reference are those of the classes. {@code
 * hack/generate} runs this test with {@code -Dcomptroller.generate=true}, which writes the files.
 */
class GeneratedFilesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DEFINITIONS = ROOT.resolve("charts/comptroller/crds");
  private static final String HEADER =
      "# Generated from the classes in crds/ by hack/generate: change those.\n";

  @TestFactory
  Stream<DynamicTest> a_committed_file_is_what_the_classes_say() {
    return generated().entrySet().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    ROOT.relativize(file.getKey()).toString(),
                    () -> compare(file.getKey(), file.getValue())));
  }

  @Test
  void no_definition_is_left_over_from_a_kind_that_is_gone() throws IOException {
    try (Stream<Path> committed = Files.list(DEFINITIONS)) {
      assertThat(committed.collect(Collectors.toSet())).isSubsetOf(generated().keySet());
    }
  }

  private static Map<Path, String> generated() {
    Map<Path, String> files = new LinkedHashMap<>();
    for (var kind : Definitions.KINDS) {
      files.put(
          DEFINITIONS.resolve(Definitions.name(kind) + ".yaml"),
          HEADER + Definitions.yaml(Definitions.of(kind)));
    }
    files.put(
        ROOT.resolve("docs/api.md"),
        ApiReference.of(Definitions.KINDS.stream().map(Definitions::of).toList()));
    return files;
  }

  private static void compare(Path file, String content) throws IOException {
    if (Boolean.getBoolean("comptroller.generate")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    }
    assertThat(file).as("run hack/generate and commit what it changes").hasContent(content);
  }
}
