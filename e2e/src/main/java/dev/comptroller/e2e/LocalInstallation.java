package dev.comptroller.e2e;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.InstalledChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Installs Comptroller into a local control plane and stays until standard input ends. */
@Command(
    name = "install-local",
    mixinStandardHelpOptions = true,
    description =
        "Installs the chart into a local control plane, with operator and webhook as local"
            + " processes, and stays until standard input ends.")
public final class LocalInstallation implements Callable<Integer> {

  @Option(
      names = "--kubeconfig",
      required = true,
      description = "The control plane, as an administrator.")
  private Path kubeconfig = Path.of("");

  @Option(
      names = "--dir",
      required = true,
      description = "Folder for logs and kubeconfigs of the processes.")
  private Path folder = Path.of("");

  /** Prints {@code ready} when everything is. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new LocalInstallation()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    try (ControlPlane controlPlane = ControlPlane.at(kubeconfig)) {
      InstalledChart installed = Comptroller.install(controlPlane, folder);
      installed
          .deployments()
          .forEach(
              deployment ->
                  System.out.println("running " + deployment.name() + " log=" + deployment.log()));
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Standard input is held open by whoever wants the processes; its content says nothing.
      }
      installed.deployments().reversed().forEach(deployment -> deployment.close());
      return 0;
    }
  }
}
