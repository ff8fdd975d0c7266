package dev.comptroller.bench;

import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.object.KubernetesObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Manifests that come with the benchmarks. */
public final class Bundled {
  private Bundled() {}

  /** The only object of a file, made anew; its path starts at this package. */
  public static KubernetesObject object(String path) {
    return objects(path).getFirst();
  }

  /** All objects of a file, made anew; its path starts at this package. */
  public static List<KubernetesObject> objects(String path) {
    try (InputStream stream = Bundled.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException(path + " is missing from the benchmarks");
      }
      return ManifestReader.read(path, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
