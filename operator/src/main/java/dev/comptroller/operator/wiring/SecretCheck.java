package dev.comptroller.operator.wiring;

import dev.comptroller.operator.status.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether the Secrets that a workload names exist. */
public sealed interface SecretCheck {
  /** How often a missing Secret is looked for. */
  Duration RECHECK = Duration.ofSeconds(10);

  /** It names none. */
  record NoneNamed() implements SecretCheck {}

  /** The operator holds no right on Secrets in this namespace; the kubelet will tell. */
  record NotChecked() implements SecretCheck {}

  /** All exist. */
  record Present(int count) implements SecretCheck {}

  /** These do not. */
  record Missing(List<String> names) implements SecretCheck {
    public Missing {
      names = List.copyOf(names);
    }
  }

  /** As the condition {@code SecretsReady}. */
  default Observation observation() {
    return switch (this) {
      case NoneNamed none -> Observation.yes("SecretsReady", "NoneNamed", "no Secret is named");
      case NotChecked notChecked ->
          Observation.unknown(
              "SecretsReady",
              "NotChecked",
              "the operator may not read Secrets here; a missing one keeps pods waiting");
      case Present present ->
          Observation.yes("SecretsReady", "Present", present.count() + " Secrets exist");
      case Missing missing ->
          Observation.no(
              "SecretsReady",
              "SecretMissing",
              "create Secret " + String.join(", ", missing.names()) + " in this namespace");
    };
  }

  /** When to look again: no watch tells when a missing Secret comes. */
  default Optional<Duration> again() {
    return this instanceof Missing ? Optional.of(RECHECK) : Optional.empty();
  }

  /** Whether a workload may be started. */
  default boolean startable() {
    return !(this instanceof Missing);
  }
}
