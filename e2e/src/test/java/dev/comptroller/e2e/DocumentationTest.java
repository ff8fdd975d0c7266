package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.testkit.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the documents refer to is there. */
class DocumentationTest {
  private static final Path ROOT = Checkout.current().path("").normalize();
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern SCRIPT =
      Pattern.compile("(?m)(^|.)\\bhack/([a-z][a-z-]*)((?:[ ][^`#\\n]*)?)");

  /** Scripts that other tests ask, and folders. */
  private static final Set<String> WITHOUT_HELP = Set.of("kubectl-comptroller", "tools", "lib");

  @TestFactory
  Stream<DynamicTest> every_link_leads_somewhere() {
    return Document.all().stream()
        .flatMap(
            document ->
                LINK.matcher(document.prose().replaceAll("`[^`\\n]*`", ""))
                    .results()
                    .map(link -> link.group(1))
                    .filter(target -> !target.startsWith("https://"))
                    .distinct()
                    .map(
                        target ->
                            DynamicTest.dynamicTest(
                                document.path() + " to " + target,
                                () -> leadsSomewhere(document, target))));
  }

  @TestFactory
  Stream<DynamicTest> every_script_is_there_and_its_help_knows_what_it_is_told() {
    Map<String, Set<String>> told = new TreeMap<>();
    for (Document document : Document.all()) {
      SCRIPT
          .matcher(document.text())
          .results()
          .forEach(
              use ->
                  told.computeIfAbsent(use.group(2), name -> new TreeSet<>())
                      .addAll(arguments(use)));
    }
    assertThat(told).containsKeys("demo", "test", "control-plane", "kind");
    return told.entrySet().stream()
        .map(
            script ->
                DynamicTest.dynamicTest(
                    "hack/" + script.getKey() + " " + String.join(" ", script.getValue()),
                    () -> knows(script.getKey(), script.getValue())));
  }

  private static void leadsSomewhere(Document from, String target) {
    String file = target.replaceFirst("#.*", "");
    Path found = file.isEmpty() ? ROOT.resolve(from.path()) : beside(from).resolve(file);
    assertThat(found).exists();
    if (target.contains("#")) {
      Document to = Document.read(ROOT.relativize(found.normalize()).toString());
      assertThat(anchors(to)).contains(target.replaceFirst(".*#", ""));
    }
  }

  private static Path beside(Document document) {
    return ROOT.resolve(document.path()).resolveSibling("");
  }

  /** The anchors that GitHub gives to headings. */
  private static List<String> anchors(Document document) {
    return HEADING
        .matcher(document.prose())
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .toList();
  }

  /** Subcommand and options, where a command is written and not only its name. */
  private static Set<String> arguments(MatchResult use) {
    if (!use.group(1).isEmpty() && !use.group(1).equals("`")) {
      return Set.of();
    }
    List<String> words = Arrays.asList(use.group(3).strip().split("\\s+"));
    return Stream.concat(
            words.stream().limit(1).filter(word -> word.matches("[a-z]+")),
            words.stream().filter(word -> word.startsWith("--")))
        .map(word -> word.replaceFirst("=.*", ""))
        .collect(Collectors.toSet());
  }

  private static void knows(String script, Set<String> arguments) {
    Path file = ROOT.resolve("hack").resolve(script);
    if (WITHOUT_HELP.contains(script)) {
      assertThat(Files.exists(file) || Files.exists(file.resolveSibling(script + ".sh"))).isTrue();
      return;
    }
    assertThat(file).isExecutable();
    String help = Terminal.in(ROOT).runWell("hack/" + script + " --help");
    assertThat(help).startsWith("hack/" + script + ": ");
    for (String argument : arguments) {
      assertThat(help).containsPattern("(?<![\\w-])" + argument + "(?![\\w-])");
    }
  }
}
