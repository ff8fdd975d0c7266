package dev.comptroller.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and in which form a command writes manifests. */
final class DestinationOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT|FILE",
      completionCandidates = FormatNames.class,
      description =
          "json, yaml or text (as yaml): the form to write in. Anything else is the file to write to, as"
              + " --to.")
  private @Nullable String output;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "The file to write to; standard output where absent. May be the file that was read.")
  private @Nullable Path file;

  /** Whether to write JSON: as asked, else as the file's name ends. */
  boolean json(boolean otherwise) {
    return destination().json(otherwise);
  }

  /** Writes all of it or, where that fails, nothing. */
  void write(String content, Console console) throws IOException {
    Path target = destination().file().orElse(null);
    if (target == null) {
      console.print(content);
      return;
    }
    Path written = target.resolveSibling(target.getFileName() + ".tmp");
    try {
      Files.writeString(written, content);
      if (Files.exists(target)) {
        Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(target));
      }
      Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private Destination destination() {
    return Destination.of(output, file);
  }
}
