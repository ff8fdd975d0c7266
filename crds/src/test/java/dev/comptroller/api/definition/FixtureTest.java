package dev.comptroller.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the definitions has a fixture, which the API server is asked about elsewhere. */
class FixtureTest {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS = Definitions.KINDS;
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Fixture> valid() {
    return Fixture.valid();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void every_rule_refuses_a_fixture(Class<? extends CustomResource<?, ?>> kind) {
    Set<String> messages =
        Fixture.invalid().stream()
            .filter(fixture -> fixture.folder().equals(folder(kind)))
            .map(Fixture::message)
            .collect(Collectors.toSet());
    assertThat(rules(kind)).isNotEmpty().isSubsetOf(messages);
  }

  @ParameterizedTest
  @MethodSource("valid")
  void what_the_server_accepts_is_read_without_loss(Fixture fixture) throws Exception {
    Class<? extends CustomResource<?, ?>> kind =
        KINDS.stream()
            .filter(candidate -> folder(candidate).equals(fixture.folder()))
            .findFirst()
            .orElseThrow();
    CustomResource<?, ?> read = Serialization.unmarshal(fixture.base().toString(), kind);
    JsonNode written = JSON.readTree(Serialization.asJson(read));
    assertThat(written.get("spec")).isEqualTo(fixture.base().get("spec"));
  }

  private static String folder(Class<?> kind) {
    return kind.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static Set<String> rules(Class<? extends CustomResource<?, ?>> kind) {
    Set<String> messages = new TreeSet<>();
    for (JsonNode rules : Definitions.of(kind).findValues("x-kubernetes-validations")) {
      rules.forEach(rule -> messages.add(rule.get("message").asText()));
    }
    return messages;
  }
}
