package dev.comptroller.bench.price;

import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Manifests that come with the benchmarks. */
final class Bundled {
  private Bundled() {}

  /** The only object of a file. */
  static KubernetesObject object(String file) {
    return objects(file).getFirst();
  }

  /** All objects of a file. */
  static List<KubernetesObject> objects(String file) {
    try (InputStream stream = Bundled.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing from the benchmarks");
      }
      return ManifestReader.read(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
