package dev.comptroller.e2e;

import static java.util.stream.Collectors.toCollection;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a request.
 *
 * @param code HTTP status, 0 where nothing was refused
 * @param findings why it was refused
 * @param message what the user reads
 */
record Verdict(int code, List<Found> findings, String message) {
  private static final Verdict ALLOWED = new Verdict(0, List.of(), "");

  /** The verdict on what this asks of the API server. */
  static Verdict on(Runnable request) {
    try {
      request.run();
      return ALLOWED;
    } catch (KubernetesClientException e) {
      Status status = e.getStatus();
      List<StatusCause> causes =
          status == null || status.getDetails() == null
              ? List.of()
              : status.getDetails().getCauses();
      List<Found> findings =
          causes.stream().filter(cause -> cause.getReason() != null).map(Verdict::found).toList();
      return new Verdict(e.getCode(), findings, String.valueOf(e.getMessage()));
    }
  }

  boolean allowed() {
    return code == 0;
  }

  /** The reason codes of the refusal. */
  Set<String> reasons() {
    return findings.stream().map(Found::code).collect(toCollection(TreeSet::new));
  }

  private static Found found(StatusCause cause) {
    return new Found(
        cause.getReason(),
        Objects.requireNonNullElse(cause.getField(), ""),
        Objects.requireNonNullElse(cause.getMessage(), ""));
  }
}
