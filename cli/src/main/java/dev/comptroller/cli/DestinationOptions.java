package dev.comptroller.cli;

import dev.comptroller.cli.output.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where and in which form a command writes what it made. */
final class DestinationOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT|FILE",
      completionCandidates = FormatNames.class,
      description =
          "text, json or yaml: the form to write in. Anything else is the file to write to, as --to.")
  private @Nullable String output;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "The file to write to; standard output where absent. May be the file that was read.")
  private @Nullable Path file;

  /** The form that was asked for. */
  Optional<Format> format() {
    return Optional.ofNullable(output).flatMap(Format::named);
  }

  /** The file that was asked for. */
  Optional<Path> file() {
    if (file != null && output != null && format().isEmpty()) {
      throw new CommandFailure(
          "--output " + output, "a second file", "text, json or yaml beside --to");
    }
    return Optional.ofNullable(file)
        .or(() -> Optional.ofNullable(output).filter(name -> format().isEmpty()).map(Path::of));
  }

  /** Whether to write JSON: as asked, else as the file's name ends. */
  boolean json(boolean otherwise) {
    return format()
        .map(format -> format == Format.JSON)
        .or(() -> file().map(path -> path.toString().endsWith(".json")))
        .orElse(otherwise);
  }

  /** Writes all of it or, where that fails, nothing. */
  void write(String content, Console console) throws IOException {
    Optional<Path> destination = file();
    if (destination.isEmpty()) {
      console.print(content);
      return;
    }
    Path target = destination.get();
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
}
