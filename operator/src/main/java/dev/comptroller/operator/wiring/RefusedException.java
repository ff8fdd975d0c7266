package dev.comptroller.operator.wiring;

import dev.comptroller.operator.status.Refusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Something was not written, and trying again at once would not help. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int UNPROCESSABLE = 422;

  /** Quotas, other admission plugins, missing rights, a schema that differs. */
  private static final Set<Integer> REFUSALS =
      Set.of(HttpURLConnection.HTTP_FORBIDDEN, UNPROCESSABLE);

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.message());
    this.refusal = refusal;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }

  /** The result of a write, or this exception where the API server refuses it. */
  static <T> T orResult(Supplier<T> write) {
    try {
      return write.get();
    } catch (KubernetesClientException e) {
      if (REFUSALS.contains(e.getCode())) {
        throw new RefusedException(new Refusal("WriteRefused", said(e)));
      }
      throw e;
    }
  }

  private static String said(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(status -> status.getMessage())
        .or(() -> Optional.ofNullable(e.getMessage()))
        .orElse("HTTP " + e.getCode());
  }
}
