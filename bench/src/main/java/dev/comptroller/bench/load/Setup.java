package dev.comptroller.bench.load;

import dev.comptroller.testkit.ControlPlane;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What each benchmark of load can be told of what it starts. */
final class Setup {
  @Option(
      names = "--dir",
      defaultValue = "target/bench",
      description =
          "Where logs and answers go, in a folder for each benchmark. Default: ${DEFAULT-VALUE}.")
  Path parent = Path.of("target/bench");

  @Option(
      names = "--java-option",
      description = "A further Java option of the programs, to compare; may come several times.")
  List<String> javaOptions = List.of();

  @Spec(Target.MIXEE)
  CommandSpec command = CommandSpec.create();

  /** Where this benchmark writes. */
  Path folder() {
    return parent.resolve(command.name());
  }

  ControlPlane startControlPlane() {
    return ControlPlane.start(folder().resolve("control-plane"));
  }

  Installation installOn(ControlPlane controlPlane) {
    return Installation.on(controlPlane, folder(), javaOptions);
  }

  /** Prints results on standard output. */
  void print(Object tables) {
    command.commandLine().getOut().println(tables);
  }
}
