package dev.comptroller.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comptroller.api.v1alpha1.Rule;
import java.util.Collection;
import java.util.List;

/**
 * Compiles and evaluates the Rego rules of policies. Implementations are safe for concurrent use.
 */
public interface RuleEvaluator {

  /**
   * What is wrong with a rule, each with its line; empty if it compiles and uses only built-ins
   * that exist here.
   */
  List<String> problems(Rule rule);

  /** The rule's answer for this input. Never throws: failures are answers. */
  Answer evaluate(Rule rule, JsonNode input);

  /**
   * Forgets what is held of every other rule. It can still be asked, and is then made ready anew.
   */
  default void keepOnly(Collection<Rule> rules) {}

  /** What a rule said. Everything but {@link Allowed} denies. */
  sealed interface Answer {
    /** {@code allow} is true. */
    record Allowed() implements Answer {}

    /**
     * {@code allow} is false; the messages are the rule's own ({@code data.comptroller.deny}),
     * possibly none.
     */
    record Denied(List<String> messages) implements Answer {}

    /** {@code allow} is undefined. */
    record Undefined() implements Answer {}

    /** {@code allow} is neither true nor false. */
    record NotBoolean(String found) implements Answer {}

    /** Evaluation failed. */
    record Failed(String reason) implements Answer {}

    /** Evaluation took longer than allowed. */
    record TimedOut(long milliseconds) implements Answer {}
  }
}
