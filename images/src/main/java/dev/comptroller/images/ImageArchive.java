package dev.comptroller.images;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import dev.comptroller.core.object.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Writes an image as an OCI layout in a tar archive: unlike Docker's form it holds the manifest, so
 * the image has one digest wherever it is loaded or pushed to.
 */
final class ImageArchive {
  /** Owns no file and is the user that the chart names. */
  static final String USER = "65532:65532";

  private ImageArchive() {}

  /**
   * Writes the archive.
   *
   * @param cache folder for layers, of which several images share some
   * @return the digest of the image's manifest
   */
  static Digest write(
      Path archive,
      String reference,
      Program program,
      List<FileEntriesLayer> layers,
      List<String> entrypoint,
      Map<String, String> labels,
      Path cache)
      throws IOException {
    JibContainerBuilder image =
        Jib.fromScratch()
            .setFormat(ImageFormat.OCI)
            .setPlatforms(Set.of(new Platform(architecture(), "linux")))
            .setCreationTime(Instant.EPOCH)
            .setUser(USER)
            .setWorkingDirectory(AbsoluteUnixPath.get("/"))
            .setEnvironment(
                Map.of(
                    "PATH", "/usr/local/bin:/opt/java/bin",
                    "LANG", "C.UTF-8",
                    // Each thread's own arena would keep memory that the heap has given back.
                    "MALLOC_ARENA_MAX", "2"))
            .setEntrypoint(entrypoint)
            .setExposedPorts(
                program.ports().stream().map(Port::tcp).collect(Collectors.toUnmodifiableSet()))
            .setLabels(labels);
    layers.forEach(image::addFileEntriesLayer);
    try {
      return new Digest(
          image
              .containerize(
                  Containerizer.to(TarImage.at(archive).named(reference))
                      .setOfflineMode(true)
                      .setBaseImageLayersCache(cache)
                      .setApplicationLayersCache(cache)
                      .setToolName("comptroller"))
              .getDigest()
              .toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing " + archive, e);
    } catch (InvalidImageReferenceException
        | RegistryException
        | CacheDirectoryCreationException
        | ExecutionException e) {
      throw new IllegalStateException("Cannot write " + archive + ": " + e.getMessage(), e);
    }
  }

  /** This machine's architecture by its name in image manifests. */
  static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      case String other ->
          throw new IllegalStateException(
              "Images are built for amd64 and arm64, and this machine is " + other);
    };
  }
}
