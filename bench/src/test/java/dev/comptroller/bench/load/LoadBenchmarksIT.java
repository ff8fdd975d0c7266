package dev.comptroller.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmarks of load run, and every answer is right; what they measure is not looked at. */
@EnabledOnOs(OS.LINUX)
class LoadBenchmarksIT {
  private static final String NUMBER = " [0-9.]+ ";

  @TempDir private Path folder;

  @Test
  void reviews_are_sent_to_the_webhook_and_each_verdict_is_right() {
    String tables =
        run(
            "webhook --approvals 0,5 --rates 20 --duration PT2S --warm-up PT1S --loads NOTHING,MIX");

    assertThat(tables.lines())
        .anyMatch(row -> row.matches("\\| 0 \\| NOTHING \\| 20 (\\|" + NUMBER + "){10}\\|"))
        .anyMatch(row -> row.matches("\\| 5 \\| MIX \\| 20 (\\|" + NUMBER + "){10}\\|"))
        .anyMatch(row -> row.matches("\\| 5 (\\|" + NUMBER + "){4}\\|"));
  }

  @Test
  void the_api_server_is_asked_with_and_without_admission() {
    String table = run("api-server --rates 20 --rounds 1 --duration PT2S");

    assertThat(table.lines())
        .anyMatch(row -> row.matches("\\| 20 \\| NONE \\| 1 (\\|" + NUMBER + "){4}\\| 0 \\|"))
        .anyMatch(row -> row.matches("\\| 20 \\| POLICY \\| 1 (\\|" + NUMBER + "){4}\\| 0 \\|"))
        .anyMatch(row -> row.matches("\\| 20 \\| WEBHOOK \\| 1 (\\|" + NUMBER + "){4}\\| 0 \\|"));
  }

  @Test
  void runs_succeed_and_what_each_asks_of_the_api_server_is_counted() {
    String tables = run("operator --runs 2");

    assertThat(tables.lines())
        .anyMatch(row -> row.matches("\\| 2 (\\| -?[0-9.]+ ){7}\\|"))
        .anyMatch(row -> row.matches("\\| patch jobs \\| [1-9][0-9.]* \\|"));
  }

  private String run(String arguments) {
    StringWriter tables = new StringWriter();
    CommandLine benchmarks = LoadBenchmarks.commandLine().setOut(new PrintWriter(tables));
    int status =
        benchmarks.execute(
            Stream.concat(Stream.of(arguments.split(" ", -1)), Stream.of("--dir=" + folder))
                .toArray(String[]::new));
    assertThat(status).isZero();
    return tables.toString();
  }
}
