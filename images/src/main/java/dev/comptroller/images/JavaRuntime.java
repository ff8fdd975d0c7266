package dev.comptroller.images;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  private static final Pattern PROVIDER = Pattern.compile("security\\.provider\\.\\d+=(\\S+)");

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
    nameProviders(folder);
  }

  /**
   * Names those security providers only that the runtime has. Java looks for any other among the
   * jars, and starts all that it finds there, at the first connection.
   */
  private static void nameProviders(Path folder) throws IOException {
    // What is on the class path has no module name, which an immutable collection refuses to look
    // for.
    Set<String> modules = new HashSet<>(modules(folder));
    Set<String> present =
        Arrays.stream(Security.getProviders())
            .filter(provider -> modules.contains(provider.getClass().getModule().getName()))
            .map(Provider::getName)
            .collect(Collectors.toSet());
    Path file = folder.resolve("conf/security/java.security");
    List<String> lines = new ArrayList<>();
    int providers = 0;
    for (String line : Files.readAllLines(file)) {
      Matcher provider = PROVIDER.matcher(line);
      if (!provider.matches()) {
        lines.add(line);
      } else if (present.contains(provider.group(1))) {
        providers++;
        lines.add("security.provider." + providers + "=" + provider.group(1));
      }
    }
    Files.write(file, lines);
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
