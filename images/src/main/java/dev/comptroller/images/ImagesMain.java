package dev.comptroller.images;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Builds the images of operator, webhook and command line. */
@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    description = "Builds the images of operator, webhook and command line.")
public final class ImagesMain implements Callable<Integer> {

  @Option(names = "--checkout", required = true, description = "The checkout, packaged by Maven.")
  private Path checkout = Path.of("");

  @Option(names = "--opa", required = true, description = "The opa program, which compiles rules.")
  private Path opa = Path.of("");

  @Option(
      names = "--repository",
      defaultValue = "localhost/comptroller",
      description = "Registry and folder that the images are named by (default: ${DEFAULT-VALUE}).")
  private String repository = "";

  @Option(names = "--tag", required = true, description = "Tag of the images.")
  private String tag = "";

  @Option(names = "--output", required = true, description = "Folder for the archives; emptied.")
  private Path output = Path.of("");

  /** Prints a line for each image. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ImagesMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    ImageBuild build =
        new ImageBuild(
            checkout.toAbsolutePath().normalize(),
            opa,
            repository,
            tag,
            output,
            System.err::println);
    for (Image image : build.run(Clock.systemUTC())) {
      System.out.printf(
          "%s %s:%s@%s%n", image.archive(), image.name(), image.tag(), image.digest());
    }
    return 0;
  }
}
