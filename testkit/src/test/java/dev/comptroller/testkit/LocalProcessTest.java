package dev.comptroller.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProcessTest {
  @TempDir private Path folder;

  @Test
  void a_program_that_ends_by_sigterm_has_done_what_it_does_last() throws Exception {
    LocalProcess program = start("trap 'echo last; exit 0' TERM");

    program.close();

    assertThat(program.isAlive()).isFalse();
    assertThat(Files.readString(program.log())).contains("last");
  }

  @Test
  void a_program_that_ignores_sigterm_is_killed_and_named() throws Exception {
    LocalProcess program = start("trap '' TERM");

    assertThatThrownBy(program::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stubborn did not end");
    assertThat(program.isAlive()).isFalse();
    assertThat(Files.readString(program.log())).contains("stubborn did not end within 1 s");
    assertThat(ProcessHandle.of(processId(program))).isEmpty();
  }

  @Test
  void a_program_is_killed_without_being_asked() throws Exception {
    LocalProcess program = start("trap 'echo last; exit 0' TERM");

    program.kill();
    program.close();

    assertThat(Files.readString(program.log())).doesNotContain("last");
    assertThat(ProcessHandle.of(processId(program))).isEmpty();
  }

  @Test
  void the_program_is_told_from_the_shell_that_ends_it() {
    try (LocalProcess program =
        LocalProcess.start(
            "sleeper", List.of("/bin/sleep", "60"), Map.of(), folder.resolve("log"))) {
      await()
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertThat(program.program().info().arguments())
                      .hasValueSatisfying(
                          arguments -> assertThat(arguments).containsExactly("60")));
    }
  }

  private LocalProcess start(String trap) {
    LocalProcess program =
        LocalProcess.start(
            "stubborn",
            List.of("sh", "-c", trap + "; echo pid=$$; while :; do sleep 0.1; done"),
            Map.of(),
            folder.resolve("log"),
            Duration.ofSeconds(1));
    await().until(() -> Files.readString(program.log()).contains("pid="));
    return program;
  }

  private static long processId(LocalProcess program) throws Exception {
    return Files.readAllLines(program.log()).stream()
        .filter(line -> line.startsWith("pid="))
        .mapToLong(line -> Long.parseLong(line.substring("pid=".length())))
        .findFirst()
        .orElseThrow();
  }
}
