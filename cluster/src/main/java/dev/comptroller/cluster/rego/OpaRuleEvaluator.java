package dev.comptroller.cluster.rego;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.comptroller.api.v1alpha1.Rule;
import dev.comptroller.core.object.Digest;
import dev.comptroller.core.policy.RuleEvaluator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Evaluates Rego in this process. A rule is compiled once per text; evaluation has no network and
 * ends at its time and memory limits.
 */
public final class OpaRuleEvaluator implements RuleEvaluator {
  private static final Duration TIME_LIMIT = Duration.ofMillis(250);
  private static final int MEMORY_PAGES = 1024;
  private static final int RULE_BYTES = 256 << 10;
  private static final int INPUT_CHARS = 8 << 20;
  private static final int LOADED_RULES = 128;

  // Rego reads its input as bytes and would count characters otherwise.
  private static final ObjectWriter ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writer();

  private final OpaProgram compiler;
  private final int instances;
  private final Map<Digest, CompletableFuture<Entry>> entries =
      new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param program path of the {@code opa} program; when absent, the environment variable OPA, else
   *     {@code opa} in PATH
   */
  public OpaRuleEvaluator(Optional<String> program) {
    this.compiler = new OpaProgram(OpaProgram.locate(program));
    this.instances = Math.max(2, Runtime.getRuntime().availableProcessors());
  }

  @Override
  public List<String> problems(Rule rule) {
    return switch (entry(rule.rego())) {
      case Ready ready -> List.of();
      case Broken broken -> broken.problems();
    };
  }

  @Override
  public Answer evaluate(Rule rule, JsonNode input) {
    return switch (entry(rule.rego())) {
      case Broken broken -> new Answer.Failed(String.join("; ", broken.problems()));
      case Ready ready -> evaluate(ready.rule(), input);
    };
  }

  @Override
  public void keepOnly(Collection<Rule> rules) {
    Set<Digest> kept =
        rules.stream().map(rule -> Digest.of(rule.rego())).collect(Collectors.toUnmodifiableSet());
    synchronized (entries) {
      entries.keySet().retainAll(kept);
    }
  }

  /** How many rules are held. */
  int held() {
    synchronized (entries) {
      return entries.size();
    }
  }

  private static Answer evaluate(LoadedRule rule, JsonNode input) {
    try {
      String text = ASCII.writeValueAsString(input);
      return text.length() > INPUT_CHARS
          ? new Answer.Failed("the input exceeds " + INPUT_CHARS + " characters")
          : rule.evaluate(text);
    } catch (JsonProcessingException e) {
      return new Answer.Failed("the input is no JSON: " + e.getOriginalMessage());
    }
  }

  private Entry entry(String rego) {
    if (rego.getBytes(StandardCharsets.UTF_8).length > RULE_BYTES) {
      return new Broken(List.of("line 1: a rule has at most " + RULE_BYTES + " bytes"));
    }
    Digest key = Digest.of(rego);
    CompletableFuture<Entry> own = new CompletableFuture<>();
    CompletableFuture<Entry> known;
    synchronized (entries) {
      known = entries.putIfAbsent(key, own);
      evictEldest();
    }
    if (known != null) {
      return joined(known);
    }
    Entry entry = load(key, own, rego);
    own.complete(entry);
    return entry;
  }

  private Entry load(Digest key, CompletableFuture<Entry> own, String rego) {
    try {
      return switch (compiler.compile(rego)) {
        case Compilation.Compiled compiled -> {
          LoadedRule rule = new LoadedRule(compiled, instances, MEMORY_PAGES, TIME_LIMIT);
          rule.warm();
          yield new Ready(rule);
        }
        case Compilation.Refused refused -> new Broken(refused.problems());
        case Compilation.Unavailable unavailable -> {
          forget(key, own);
          yield new Broken(List.of("rules cannot be compiled: " + unavailable.reason()));
        }
      };
    } catch (RuntimeException | Error e) {
      // Others wait for an answer, whatever happens.
      forget(key, own);
      return new Broken(List.of("rules cannot be compiled: " + e.getMessage()));
    }
  }

  private void forget(Digest key, CompletableFuture<Entry> own) {
    synchronized (entries) {
      entries.remove(key, own);
    }
  }

  private void evictEldest() {
    if (entries.size() > LOADED_RULES) {
      var eldest = entries.entrySet().iterator().next();
      entries.remove(eldest.getKey());
    }
  }

  private static Entry joined(CompletableFuture<Entry> known) {
    try {
      return known.join();
    } catch (CompletionException e) {
      return new Broken(List.of("rules cannot be compiled: " + e.getMessage()));
    }
  }

  private sealed interface Entry {}

  private record Ready(LoadedRule rule) implements Entry {}

  private record Broken(List<String> problems) implements Entry {}
}
