package dev.comptroller.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.api.v1alpha1.NamespaceSelection;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyMatchTest {

  @Test
  void a_star_selects_every_namespace_but_the_excluded() {
    NamespaceSelection selection = new NamespaceSelection(List.of("*"), List.of("kube-system"));

    assertThat(PolicyMatch.selects(selection, "nlp")).isTrue();
    assertThat(PolicyMatch.selects(selection, "kube-system")).isFalse();
  }

  @Test
  void names_are_exact() {
    NamespaceSelection selection = new NamespaceSelection(List.of("nlp"), List.of());

    assertThat(PolicyMatch.selects(selection, "nlp")).isTrue();
    assertThat(PolicyMatch.selects(selection, "nlp-2")).isFalse();
    assertThat(PolicyMatch.selects(new NamespaceSelection(List.of("nlp*"), List.of()), "nlp-2"))
        .isFalse();
  }

  @Test
  void exclusion_wins_and_a_star_there_is_a_name() {
    assertThat(PolicyMatch.selects(new NamespaceSelection(List.of("nlp"), List.of("nlp")), "nlp"))
        .isFalse();
    assertThat(PolicyMatch.selects(new NamespaceSelection(List.of("*"), List.of("*")), "nlp"))
        .isTrue();
  }

  @Test
  void a_policy_that_selects_nothing_governs_nothing() {
    assertThat(PolicyMatch.selects(null, "nlp")).isFalse();
    assertThat(PolicyMatch.selects(new NamespaceSelection(List.of(), List.of()), "nlp")).isFalse();
  }
}
