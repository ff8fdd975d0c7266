package dev.comptroller.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.comptroller.core.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pods of every shape that the Pod Security standards name. */
class PodShapesTest {
  private static final Path PODS = Path.of("..", "..", "shared", "corpora", "pods");

  @Test
  void every_shape_of_pod_is_read() throws IOException {
    assumeTrue(Files.isDirectory(PODS), "the pod manifests are not here");
    List<Path> unread = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PODS)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        if (!(WorkloadReader.read(Manifest.of(Files.readString(file))) instanceof Reading.Read)) {
          unread.add(file);
        }
      }
    }
    assertThat(unread).isEmpty();
  }
}
