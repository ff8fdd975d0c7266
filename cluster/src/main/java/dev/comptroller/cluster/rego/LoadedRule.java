package dev.comptroller.cluster.rego;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.styra.opa.wasm.OpaPolicy;
import com.styra.opa.wasm.OpaPolicyPool;
import dev.comptroller.core.policy.RuleEvaluator.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One compiled rule, ready for several threads at once. */
final class LoadedRule {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int INITIAL_PAGES = 10;
  private static final int MESSAGES = 16;
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final OpaPolicyPool pool;
  private final boolean explains;
  private final Duration limit;

  /**
   * @param instances how many evaluations may run at once
   * @param memoryPages the most memory of one evaluation, in pages of 64 KiB
   */
  LoadedRule(Compilation.Compiled compiled, int instances, int memoryPages, Duration limit) {
    this.explains = compiled.explains();
    this.limit = limit;
    this.pool =
        OpaPolicyPool.create(
            () ->
                OpaPolicy.builder()
                    .withInitialMemory(INITIAL_PAGES)
                    .withMaxMemory(memoryPages)
                    .withPolicy(compiled.module())
                    .build(),
            instances);
  }

  /**
   * Evaluates it once, whatever the answer: the first evaluation of a process loads what all later
   * ones use, and no request is to pay for that within its time.
   */
  void warm() {
    evaluate("{}", WARM_UP);
  }

  /** The rule's answer; input is JSON in ASCII. */
  Answer evaluate(String input) {
    return evaluate(input, limit);
  }

  private Answer evaluate(String input, Duration limit) {
    OpaPolicyPool.Loan loan;
    try {
      loan = pool.borrow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Failed("interrupted");
    } catch (RuntimeException | StackOverflowError e) {
      return new Answer.Failed(reason(e));
    }
    Deadline deadline = new Deadline(limit);
    try (deadline) {
      Answer answer = answer(loan.policy(), input);
      loan.close();
      return answer;
    } catch (JsonProcessingException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      loan.discard();
      return deadline.expired()
          ? new Answer.TimedOut(limit.toMillis())
          : new Answer.Failed(reason(e));
    }
  }

  private Answer answer(OpaPolicy policy, String input) throws JsonProcessingException {
    JsonNode results = JSON.readTree(policy.entrypoint("comptroller/allow").evaluate(input));
    if (results.isEmpty()) {
      return new Answer.Undefined();
    }
    JsonNode allow = results.path(0).path("result");
    if (results.size() != 1 || !allow.isBoolean()) {
      return new Answer.NotBoolean(allow.getNodeType().name().toLowerCase(Locale.ROOT));
    }
    if (allow.booleanValue()) {
      return new Answer.Allowed();
    }
    return new Answer.Denied(explains ? messages(policy, input) : List.of());
  }

  private static List<String> messages(OpaPolicy policy, String input)
      throws JsonProcessingException {
    JsonNode results = JSON.readTree(policy.entrypoint("comptroller/deny").evaluate(input));
    List<String> messages = new ArrayList<>();
    for (JsonNode message : results.path(0).path("result")) {
      if (messages.size() < MESSAGES) {
        messages.add(message.isTextual() ? message.textValue() : message.toString());
      }
    }
    return messages;
  }

  private static String reason(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
