package dev.comptroller.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comptroller.core.object.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image as a container runtime unpacks it: what is known of it comes from its archive alone.
 *
 * @param digest digest of its manifest, of which the archive's index says the same
 * @param config its configuration
 * @param files every entry of its layers
 * @param root the unpacked files
 */
record UnpackedImage(Digest digest, JsonNode config, List<TarArchiveEntry> files, Path root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Unpacks an OCI layout in a tar archive, checking the digest of everything in it. */
  static UnpackedImage of(Path archive, Path folder) throws IOException {
    Path layout = Files.createDirectories(folder.resolve("layout"));
    try (InputStream stream = Files.newInputStream(archive)) {
      unpack(stream, layout);
    }
    Digest digest =
        new Digest(
            JSON.readTree(layout.resolve("index.json").toFile())
                .at("/manifests/0/digest")
                .asText());
    JsonNode manifest = JSON.readTree(blob(layout, digest));
    JsonNode config =
        JSON.readTree(blob(layout, new Digest(manifest.at("/config/digest").asText())));
    Path root = Files.createDirectories(folder.resolve("root"));
    List<TarArchiveEntry> files = new ArrayList<>();
    for (JsonNode layer : manifest.path("layers")) {
      Digest of = new Digest(layer.path("digest").asText());
      try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(blob(layout, of)))) {
        files.addAll(unpack(stream, root));
      }
    }
    return new UnpackedImage(digest, config, List.copyOf(files), root);
  }

  private static byte[] blob(Path layout, Digest digest) throws IOException {
    byte[] bytes = Files.readAllBytes(layout.resolve("blobs/sha256").resolve(digest.hex()));
    if (!Digest.of(bytes).equals(digest)) {
      throw new IOException("a blob named " + digest + " is another");
    }
    return bytes;
  }

  private static List<TarArchiveEntry> unpack(InputStream stream, Path folder) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(stream);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = folder.resolve(entry.getName()).normalize();
      if (!path.startsWith(folder) || !(entry.isDirectory() || entry.isFile())) {
        throw new IOException(entry.getName() + " is no file below the root");
      }
      Files.createDirectories(entry.isDirectory() ? path : path.getParent());
      if (entry.isFile()) {
        Files.copy(tar, path);
        path.toFile().setExecutable((entry.getMode() & 0100) != 0, false);
        Files.setLastModifiedTime(path, FileTime.from(entry.getLastModifiedTime().toInstant()));
      }
      entries.add(entry);
    }
    return entries;
  }

  String user() {
    return config.at("/config/User").asText();
  }

  List<String> entrypoint() {
    return texts("/config/Entrypoint");
  }

  /** Variables that the image sets, as {@code NAME=value}. */
  List<String> environment() {
    return texts("/config/Env");
  }

  private List<String> texts(String pointer) {
    return StreamSupport.stream(config.at(pointer).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
