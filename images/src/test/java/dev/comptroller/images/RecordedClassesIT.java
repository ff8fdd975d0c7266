package dev.comptroller.images;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes down which classes the programs load, when {@code hack/images record} asks for it. */
@EnabledIfSystemProperty(named = "comptroller.generate", matches = "true")
@ExtendWith({ControlPlaneExtension.class, BuiltImages.class})
class RecordedClassesIT {
  private static final String RESOURCES = "images/src/main/resources/dev/comptroller/images";

  private final ControlPlane controlPlane;
  private final BuiltImages.Images images;

  RecordedClassesIT(ControlPlane controlPlane, BuiltImages.Images images) {
    this.controlPlane = controlPlane;
    this.images = images;
  }

  @Test
  void the_classes_of_a_first_minute_are_recorded() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "recorded");
    Map<Program, String> options = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      Path list = folder.resolve(program.id() + ".%p.list");
      options.put(program, "-XX:DumpLoadedClassList=" + list);
      withoutCache(images.of(program).root().resolve("app/java.options"));
    }
    try (Governed governed = Governed.install(controlPlane, images, folder, options)) {
      governed.signAndRun();
    }
    for (Program program : Program.values()) {
      Files.write(
          Checkout.current().path(RESOURCES).resolve(program.id() + ".classes"),
          recorded(folder, program));
    }
  }

  /** Classes that come from a cache are not written down. */
  private static void withoutCache(Path options) throws IOException {
    Files.write(
        options,
        Files.readAllLines(options).stream()
            .filter(option -> !option.startsWith("-XX:AOTCache="))
            .toList());
  }

  /** What any run loaded, in one order, without what numbers a single run. */
  private static NavigableSet<String> recorded(Path folder, Program program) throws IOException {
    NavigableSet<String> classes = new TreeSet<>();
    try (Stream<Path> lists = Files.list(folder)) {
      for (Path list : lists.toList()) {
        String name = list.getFileName().toString();
        if (name.startsWith(program.id() + ".") && name.endsWith(".list")) {
          Files.readAllLines(list).stream()
              // Comments, and constants that some run happened to resolve.
              .filter(line -> !line.startsWith("#") && !line.startsWith("@cp"))
              .map(line -> line.replaceFirst(" id: \\d+$", ""))
              .forEach(classes::add);
        }
      }
    }
    return classes;
  }
}
