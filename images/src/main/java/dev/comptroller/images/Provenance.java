package dev.comptroller.images;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.object.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Says what an image was made from, as an in-toto v1 statement with a SLSA v1 provenance. Nobody
 * has signed it: whoever publishes the image signs it with their own key.
 */
final class Provenance {
  private static final String STATEMENT = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://slsa.dev/provenance/v1";

  // Names of meanings; nothing is fetched from there.
  private static final String BUILD_TYPE = "https://comptroller.dev/image-build/v1";
  private static final String BUILDER = "https://comptroller.dev/image-build/local";

  private Provenance() {}

  /**
   * The statement about an image.
   *
   * @param materials files that went into it, jars of this project excepted
   * @param finished when the build ended
   */
  static ObjectNode of(Image image, Source source, List<Path> materials, Instant finished)
      throws IOException {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("_type", STATEMENT);
    ObjectNode subject = statement.putArray("subject").addObject();
    subject.put("name", image.name());
    subject.putObject("digest").put("sha256", image.digest().hex());
    statement.put("predicateType", PREDICATE);

    ObjectNode predicate = statement.putObject("predicate");
    ObjectNode definition = predicate.putObject("buildDefinition");
    definition.put("buildType", BUILD_TYPE);
    definition
        .putObject("externalParameters")
        .put("program", image.program().id())
        .put("reference", image.name() + ":" + image.tag());
    definition
        .putObject("internalParameters")
        .put("java", JavaRuntime.version())
        .put("uncommittedChanges", source.changed());
    ArrayNode dependencies = definition.putArray("resolvedDependencies");
    dependencies
        .addObject()
        .put("name", "source")
        .putObject("digest")
        .put("gitCommit", source.commit());
    for (Path material : materials) {
      ObjectNode dependency = dependencies.addObject();
      dependency.put("name", material.getFileName().toString());
      dependency.putObject("digest").put("sha256", Digest.of(Files.readAllBytes(material)).hex());
    }

    ObjectNode run = predicate.putObject("runDetails");
    run.putObject("builder").put("id", BUILDER);
    run.putObject("metadata").put("finishedOn", finished.toString());
    return statement;
  }
}
