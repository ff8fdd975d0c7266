package dev.comptroller.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({ControlPlaneExtension.class, BuiltImages.class})
class InstalledImagesIT {
  private final ControlPlane controlPlane;
  private final BuiltImages.Images images;

  InstalledImagesIT(ControlPlane controlPlane, BuiltImages.Images images) {
    this.controlPlane = controlPlane;
    this.images = images;
  }

  @BeforeAll
  static void possible() throws Exception {
    Container.assumePossible();
  }

  @Test
  void a_run_is_refused_signed_and_run_by_programs_in_their_images() throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installed");
    Map<Program, String> options = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      options.put(program, "-XX:AOTMode=on -Xlog:class+load:file=" + folder + "/" + program.id());
    }
    try (Governed governed = Governed.install(controlPlane, images, folder, options)) {
      assertThat(governed.signAndRun()).contains("Unsigned");

      // There is no /etc/resolv.conf here.
      assertThat(governed.log("comptroller-webhook"))
          .contains("event=serving")
          .doesNotContain("DNS servers", "rules-unusable");
      for (Program program : Program.values()) {
        assertThat(fromCache(folder.resolve(program.id()))).as(program.id()).isGreaterThan(0.9);
      }
    }
  }

  /** The share of loaded classes that came from the ahead-of-time cache. */
  private static double fromCache(Path log) throws IOException {
    Map<Boolean, Long> classes =
        Files.readAllLines(log).stream()
            // A class of a signed jar, such as Bouncy Castle's, is never kept in a cache.
            .filter(line -> line.contains("source: ") && !line.contains("/bcp"))
            .collect(
                Collectors.partitioningBy(
                    line -> line.contains("source: shared objects file"), Collectors.counting()));
    return (double) classes.getOrDefault(true, 0L)
        / (classes.getOrDefault(true, 0L) + classes.getOrDefault(false, 0L));
  }
}
