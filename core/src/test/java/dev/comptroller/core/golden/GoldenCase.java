package dev.comptroller.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of one case: what goes in, and files that say what comes out. {@code
 * -Dgolden.update=true} writes what comes out instead of comparing it.
 */
public record GoldenCase(Path folder) {
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** All cases below a folder of the test resources, in the order of their names. */
  public static List<GoldenCase> all(String root) {
    try (Stream<Path> folders = Files.list(RESOURCES.resolve(root))) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One case. */
  public static GoldenCase of(String root, String name) {
    return new GoldenCase(RESOURCES.resolve(root).resolve(name));
  }

  /** Whether the case has this file. */
  public boolean has(String file) {
    return Files.exists(folder.resolve(file));
  }

  /** The object that a YAML or JSON file holds. */
  public KubernetesObject object(String file) {
    try {
      JsonNode tree =
          (file.endsWith(".json") ? JSON : YAML).readTree(folder.resolve(file).toFile());
      return new KubernetesObject((ObjectNode) tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares JSON with its file; the order of members does not count. */
  public void assertJson(String file, JsonNode found) {
    try {
      assertText(file, JSON.writeValueAsString(JSON.treeToValue(found, Object.class)) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares an object with its YAML file; the order of members counts. */
  public void assertYaml(String file, KubernetesObject found) {
    try {
      assertText(file, YAML.writeValueAsString(found.json()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares text with its file. */
  public void assertText(String file, String found) {
    Path path = folder.resolve(file);
    try {
      if (UPDATE) {
        Files.writeString(path, found);
      }
      assertThat(path).as("renew with -Dgolden.update=true").exists();
      assertThat(found).isEqualTo(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails if the folder holds a file that no assertion looked at. */
  public void assertNoOtherFiles(Set<String> used) {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
      if (UPDATE) {
        for (String name : names) {
          if (!used.contains(name)) {
            Files.delete(folder.resolve(name));
          }
        }
        names.retainAll(used);
      }
      assertThat(names).isEqualTo(new TreeSet<>(used));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
