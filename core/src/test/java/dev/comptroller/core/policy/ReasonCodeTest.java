package dev.comptroller.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonCodeTest {

  @Test
  void every_reason_code_is_explained_in_the_order_of_the_codes_and_nothing_else_is()
      throws IOException {
    List<String> explained =
        Files.readAllLines(Path.of("../docs/reason-codes.md")).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();

    assertThat(explained)
        .containsExactlyElementsOf(Arrays.stream(ReasonCode.values()).map(Enum::name).toList());
  }
}
