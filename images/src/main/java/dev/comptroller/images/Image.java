package dev.comptroller.images;

import dev.comptroller.core.object.Digest;
import java.nio.file.Path;

/**
 * A built image.
 *
 * @param program what it holds
 * @param name its name without a tag
 * @param tag its tag
 * @param digest digest of its manifest, by which a cluster pulls exactly this image
 * @param archive OCI layout in a tar archive
 */
public record Image(Program program, String name, String tag, Digest digest, Path archive) {

  /** What is in it, as CycloneDX JSON. */
  public Path billOfMaterials() {
    return archive.resolveSibling(program.id() + ".cdx.json");
  }

  /** What it was made from, as an in-toto statement. */
  public Path provenance() {
    return archive.resolveSibling(program.id() + ".provenance.json");
  }
}
