package dev.comptroller.cli;

import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The accelerator classes that the chart installs, for use without a cluster. */
final class BundledClasses {
  private static final String RESOURCE = "accelerators.yaml";

  private BundledClasses() {}

  /** All of them, to be asked. */
  static AcceleratorCatalogue catalogue() {
    return new AcceleratorCatalogue(
        read().stream().map(KindReader.LENIENT::acceleratorClass).toList());
  }

  /** All of them, as manifests. */
  static List<KubernetesObject> read() {
    try (InputStream stream = BundledClasses.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return ManifestReader.read(
          "the bundled accelerator classes",
          new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
