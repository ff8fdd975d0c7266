package dev.comptroller.cli;

import dev.comptroller.cli.output.Format;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where and in which form to write. {@code --output} names a form, or else a file, as {@code --to}
 * does.
 *
 * @param format the form, if one is asked for
 * @param file the file, if one is asked for
 */
record Destination(Optional<Format> format, Optional<Path> file) {

  /**
   * What two options say together.
   *
   * @param output value of {@code --output}
   * @param to value of {@code --to}
   */
  static Destination of(@Nullable String output, @Nullable Path to) {
    Optional<Format> format = Optional.ofNullable(output).flatMap(Format::named);
    Optional<Path> named =
        Optional.ofNullable(output).filter(name -> format.isEmpty()).map(Path::of);
    if (named.isPresent() && to != null) {
      throw new CommandFailure("--output", output + " beside --to", Format.CHOICES);
    }
    return new Destination(format, named.or(() -> Optional.ofNullable(to)));
  }

  /** Whether to write JSON: as asked, else as the file's name ends. */
  boolean json(boolean otherwise) {
    return format
        .map(form -> form == Format.JSON)
        .or(() -> file.map(path -> path.toString().endsWith(".json")))
        .orElse(otherwise);
  }
}
