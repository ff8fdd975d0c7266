package dev.comptroller.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A control plane of its own whose one node runs containers. Its pods and Services are reached from
 * this machine by their addresses. Images come from {@link #importImage} alone: there is no
 * registry.
 */
public final class RealNode implements AutoCloseable {
  /** Name of the Node object. */
  public static final String NAME = "real-0";

  /**
   * An image whose program answers requests, makes them, prints files and ends with a code; its
   * source, {@code hack/tools/pods/echo}, tells how. Every real node of the tests has it.
   */
  public static final String ECHO_IMAGE = "local.comptroller.dev/echo:1";

  private final ControlPlane controlPlane;
  private final Path folder;

  private RealNode(ControlPlane controlPlane, Path folder) {
    this.controlPlane = controlPlane;
    this.folder = folder;
  }

  /** Why no real node can run on this machine, and what would change that; empty if one can. */
  public static Optional<String> obstacle() {
    Output output = script(List.of("check-node"));
    return output.exitCode() == 0 ? Optional.empty() : Optional.of(output.text().strip());
  }

  /**
   * Starts a control plane with a real node, which end when this is closed or this Java process
   * ends.
   *
   * @param folder what it writes, its logs among that
   * @param options further options of {@code hack/control-plane start}, such as {@code
   *     --node-resource nvidia.com/gpu=2}
   */
  public static RealNode start(Path folder, String... options) {
    List<String> all = new ArrayList<>(List.of("--real-node", "--nodes", "none"));
    all.addAll(List.of(options));
    Path absolute = folder.toAbsolutePath();
    RealNode node =
        new RealNode(ControlPlane.start(absolute, all.toArray(String[]::new)), absolute);
    node.importProgram(ECHO_IMAGE, Checkout.current().tool("echo"));
    return node;
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /**
   * Gives the node the images of an archive, under their tags and by digest.
   *
   * @param archive as {@code docker save} or Jib write it, or in OCI format
   */
  public void importImage(Path archive) {
    required(List.of("import", "--dir", folder.toString(), archive.toAbsolutePath().toString()));
  }

  /**
   * Gives the node an image of one program.
   *
   * @param name full name with a tag, such as {@code registry.example.com/echo:1}
   * @param program static; it is the image's entry point
   * @return the image's name by its digest
   */
  public String importProgram(String name, Path program) {
    Path archive = folder.resolve(program.getFileName() + ".tar");
    String pinned =
        required(List.of("image", "--tag", name, program.toString(), archive.toString()));
    importImage(archive);
    return pinned;
  }

  @Override
  public void close() {
    controlPlane.close();
  }

  private static String required(List<String> arguments) {
    Output output = script(arguments);
    if (output.exitCode() != 0) {
      throw new IllegalStateException(
          "hack/control-plane " + String.join(" ", arguments) + " failed:\n" + output.text());
    }
    return output.text().strip();
  }

  private record Output(int exitCode, String text) {}

  private static Output script(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Checkout.current().controlPlaneScript().toString());
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command, e);
    }
  }
}
