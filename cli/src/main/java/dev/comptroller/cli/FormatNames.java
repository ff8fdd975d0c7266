package dev.comptroller.cli;

import dev.comptroller.cli.output.Format;
import java.util.Arrays;
import java.util.Iterator;

/** The names of formats, for shell completion. */
final class FormatNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Format.values()).map(Format::toString).iterator();
  }
}
