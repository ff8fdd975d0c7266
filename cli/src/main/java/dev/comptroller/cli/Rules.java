package dev.comptroller.cli;

import dev.comptroller.cluster.rego.OpaRuleEvaluator;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.RuleEvaluator;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What evaluates the rules of policies. */
final class Rules {
  private Rules() {}

  /**
   * The evaluator. Where there are rules and nothing to compile them, there is no verdict rather
   * than a denial that blames the rule.
   */
  static RuleEvaluator evaluator(
      ClusterView view, List<KubernetesObject> reviewed, Map<String, String> environment) {
    Optional<Path> program = program(environment);
    boolean needed =
        view.policies().stream().anyMatch(policy -> !policy.getSpec().rules().isEmpty())
            || reviewed.stream().anyMatch(object -> !object.spec().path("rules").isEmpty());
    if (needed && program.isEmpty()) {
      throw new CommandFailure(
          "rules of policies",
          "no program opa",
          "one in PATH or named by the variable OPA; in a checkout, hack/control-plane tool opa builds it");
    }
    return new OpaRuleEvaluator(program.map(Path::toString));
  }

  private static Optional<Path> program(Map<String, String> environment) {
    String named = environment.getOrDefault("OPA", "");
    Stream<Path> candidates =
        named.isEmpty()
            ? Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "opa"))
            : Stream.of(Path.of(named));
    return candidates.filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
  }
}
