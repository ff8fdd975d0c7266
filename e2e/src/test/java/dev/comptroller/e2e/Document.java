package dev.comptroller.e2e;

import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown file of the checkout.
 *
 * @param path relative to the checkout
 */
record Document(String path, String text) {
  private static final Pattern FENCED = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```");

  static Document read(String path) {
    try {
      return new Document(path, Files.readString(Checkout.current().path(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What users are given to read. */
  static List<Document> all() {
    Path root = Checkout.current().path("");
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      return Stream.concat(
              docs, Stream.of(root.resolve("README.md"), root.resolve("hack/tools/README.md")))
          .map(file -> root.relativize(file).toString())
          .filter(path -> path.endsWith(".md"))
          .sorted()
          .map(Document::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text without what stands between fences. */
  String prose() {
    return FENCED.matcher(text).replaceAll("");
  }

  /** The lines between fences, continued lines joined. */
  List<String> typed() {
    return FENCED
        .matcher(text)
        .results()
        .flatMap(block -> block.group(1).replaceAll("\\\\\\n\\s*", "").lines())
        .toList();
  }

  /** The one command between fences that starts so, without its comment. */
  String command(String start) {
    List<String> commands = typed().stream().filter(line -> line.startsWith(start)).toList();
    if (commands.size() != 1) {
      throw new AssertionError(
          path + " was to give one command that starts with '" + start + "', found " + commands);
    }
    return commands.getFirst().replaceFirst("\\s+#.*", "");
  }
}
