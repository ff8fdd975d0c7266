package dev.comptroller.images;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The Java runtime of the images, linked from the JDK that runs this. */
final class JavaRuntime {
  /**
   * What jdeps finds, without java.desktop, java.compiler and jdk.jfr: those are for java.beans
   * annotations, annotation processing and flight recording, which the libraries do without.
   */
  static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging",
          "java.management",
          "java.naming",
          "java.net.http",
          "java.sql",
          "jdk.httpserver",
          "jdk.management",
          "jdk.unsupported");

  private JavaRuntime() {}

  /**
   * Links the runtime into a folder that does not exist yet. It trusts no public authority, which
   * would be those of this machine: the programs trust the one that their cluster names.
   */
  static void link(Path folder) throws IOException {
    Command.output(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "jlink").toString(),
            "--add-modules=" + String.join(",", MODULES),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output=" + folder));
    for (String unused :
        List.of("bin/keytool", "bin/jwebserver", "lib/jexec", "lib/security/cacerts")) {
      Files.delete(folder.resolve(unused));
    }
  }

  /** Every module of a linked runtime, those that others brought along among them. */
  static List<String> modules(Path folder) throws IOException {
    return List.of(release(folder, "MODULES").split(" "));
  }

  /** The JDK, such as {@code Eclipse Adoptium 25.0.3+9-LTS}. */
  static String version() {
    return System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version");
  }

  private static String release(Path folder, String key) throws IOException {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("release"))) {
      release.load(reader);
    }
    return release.getProperty(key, "").replace("\"", "");
  }
}
