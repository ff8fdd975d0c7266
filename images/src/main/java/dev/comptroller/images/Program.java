package dev.comptroller.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The programs that have an image. */
public enum Program {
  OPERATOR("Comptroller operator", "dev.comptroller.operator.OperatorMain", 50),
  WEBHOOK("Comptroller admission webhook", "dev.comptroller.webhook.WebhookMain", 40),
  CLI("Comptroller command line", "dev.comptroller.cli.KubectlComptroller", 50);

  private final String title;
  private final String mainClass;
  private final int heapPercentage;

  Program(String title, String mainClass, int heapPercentage) {
    this.title = title;
    this.mainClass = mainClass;
    this.heapPercentage = heapPercentage;
  }

  /** Name of the image and of the module that holds the program. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  /** The class whose {@code main} starts the program. */
  public String mainClass() {
    return mainClass;
  }

  /** TCP ports that the program listens on unless it is told others. */
  Set<Integer> ports() {
    return switch (this) {
      case OPERATOR -> Set.of(8080);
      case WEBHOOK -> Set.of(8443, 8081);
      case CLI -> Set.of();
    };
  }

  /**
   * Options of the Java runtime: they come before the class path, so JDK_JAVA_OPTIONS in the
   * container's environment adds to them.
   */
  List<String> javaOptions() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:AOTCache=" + cache(),
                // Where the cache was made for, so that its pages are not rewritten but shared: it
                // holds no machine code whose place an attacker should not know.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0"));
    options.addAll(optionsWithoutCache());
    return List.copyOf(options);
  }

  /** The options that hold wherever the program runs, not in its image alone. */
  public List<String> optionsWithoutCache() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                // What heap leaves of the memory limit holds classes, compiled code, buffers,
                // threads.
                "-XX:MaxRAMPercentage=" + heapPercentage,
                // Classes outgrow the default when requests come: each time, a full collection.
                "-XX:MetaspaceSize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                // It would be a memory-mapped file in /tmp, for tools that the image does not have.
                "-XX:-UsePerfData",
                // Vert.x connects to nothing; without this it asks public servers where there is no
                // /etc/resolv.conf.
                "-Dvertx.disableDnsResolver=true"));
    if (this == CLI) {
      options.add("-XX:TieredStopAtLevel=1");
    }
    return List.copyOf(options);
  }

  /** Path of the ahead-of-time cache in the image. */
  public String cache() {
    return "/app/" + id() + ".aot";
  }
}
