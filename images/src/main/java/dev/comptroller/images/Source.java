package dev.comptroller.images;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a checkout.
 *
 * @param commit the commit that is checked out
 * @param changed whether files differ from that commit, so that it does not tell what was built
 */
record Source(String commit, boolean changed) {

  /** The state of a git work tree. */
  static Source of(Path checkout) {
    return new Source(
        git(checkout, "rev-parse", "HEAD").strip(),
        !git(checkout, "status", "--porcelain").isBlank());
  }

  private static String git(Path checkout, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", checkout.toString()));
    command.addAll(List.of(arguments));
    return Command.output(command);
  }
}
