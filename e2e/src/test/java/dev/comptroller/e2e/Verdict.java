package dev.comptroller.e2e;

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
 * @param reasons the reason codes of the refusal
 * @param message what the user reads
 */
record Verdict(int code, Set<String> reasons, String message) {
  private static final Verdict ALLOWED = new Verdict(0, Set.of(), "");

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
      Set<String> reasons = new TreeSet<>();
      causes.stream().map(StatusCause::getReason).filter(Objects::nonNull).forEach(reasons::add);
      return new Verdict(e.getCode(), reasons, String.valueOf(e.getMessage()));
    }
  }

  boolean allowed() {
    return code == 0;
  }
}
