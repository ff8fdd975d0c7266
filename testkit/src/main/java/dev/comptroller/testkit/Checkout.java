package dev.comptroller.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout of the project that a test or a script runs in, and the programs it provides. */
public final class Checkout {
  private static final String CONTROL_PLANE = "hack/control-plane";

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  /** The checkout that the working directory lies in. */
  public static Checkout current() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(CONTROL_PLANE))) {
        return new Checkout(folder);
      }
    }
    throw new IllegalStateException(
        "No folder above " + start + " holds " + CONTROL_PLANE + "; run inside a checkout.");
  }

  /** The folder of this name below the root. */
  public Path path(String relative) {
    return root.resolve(relative);
  }

  /** The script that starts control planes and names tools. */
  public Path controlPlaneScript() {
    return root.resolve(CONTROL_PLANE);
  }

  /** The path of a tool such as {@code helm} or {@code opa}, built when it is missing. */
  public Path tool(String name) {
    try {
      Process process =
          new ProcessBuilder(controlPlaneScript().toString(), "tool", name)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(
            CONTROL_PLANE + " tool " + name + " ended with exit code " + exitCode);
      }
      return Path.of(output);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot ask for the tool " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking for the tool " + name, e);
    }
  }

  /**
   * The command that starts a program module from its jar, as {@code package} leaves it.
   *
   * @param module folder of the module
   * @param mainClass the class to start
   */
  public List<String> javaProgram(String module, String mainClass) {
    Path target = root.resolve(module).resolve("target");
    Path classpath = target.resolve("classpath.txt");
    Path jar = target.resolve(module + ".jar");
    if (!Files.isRegularFile(classpath) || !Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "Module " + module + " is not packaged (" + jar + "); run 'mvn package' first.");
    }
    try {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-cp",
          jar + File.pathSeparator + Files.readString(classpath).strip(),
          mainClass);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + classpath, e);
    }
  }
}
