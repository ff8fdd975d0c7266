package dev.comptroller.e2e;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.api.v1alpha1.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An object in one phase of its life, as a control plane had it. {@link RecordedStatusIT} records
 * them and compares them with what it sees.
 *
 * @param name kind and phase, as in {@code trainingrun-running}
 */
record RecordedObject(String name, ObjectNode object) {
  private static final Path FOLDER = Path.of("src/test/resources/recorded");
  private static final JsonMapper JSON = new JsonMapper();

  static RecordedObject read(String name) {
    try {
      return new RecordedObject(name, (ObjectNode) JSON.readTree(file(name).toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps an object without what only says who wrote and signed it, in a namespace called nlp. */
  static void record(String name, JsonNode stored, String namespace) {
    ObjectNode object = stored.deepCopy();
    ObjectNode metadata = object.withObject("/metadata");
    metadata.remove("managedFields");
    metadata
        .withObject("/annotations")
        .properties()
        .removeIf(annotation -> annotation.getKey().startsWith(Api.SIGNATURE_ANNOTATION));
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          file(name),
          JSON.writer(printer).writeValueAsString(object).replace(namespace, "nlp") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether the operator has seen the newest generation, and each condition's reason; without the
   * monitoring, which depends on what else is in the cluster.
   */
  static List<String> summary(JsonNode object) {
    JsonNode status = object.path("status");
    boolean seen =
        status.path("observedGeneration").asLong() == object.at("/metadata/generation").asLong(-1);
    return Stream.concat(
            Stream.of(seen ? "seen" : "not seen"),
            StreamSupport.stream(status.path("conditions").spliterator(), false)
                .filter(condition -> !condition.path("type").asText().equals("Monitored"))
                .map(
                    condition ->
                        "%s=%s %s"
                            .formatted(
                                condition.path("type").asText(),
                                condition.path("status").asText(),
                                condition.path("reason").asText())))
        .toList();
  }

  private static Path file(String name) {
    return FOLDER.resolve(name + ".json");
  }
}
