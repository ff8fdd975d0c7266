package dev.comptroller.operator.status;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.Objects;

/** Writes a status, and only when it says something new. */
public final class StatusPatch {
  private StatusPatch() {}

  /**
   * A patch that makes the status of {@code primary} be {@code status}, or none where it is
   * already.
   *
   * @param fresh an empty resource of the same kind; it is filled and applied
   */
  public static <S, R extends CustomResource<?, S>> UpdateControl<R> of(
      R primary, R fresh, S status) {
    if (Objects.equals(primary.getStatus(), status)) {
      return UpdateControl.noUpdate();
    }
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(primary.getMetadata().getName())
            .withNamespace(primary.getMetadata().getNamespace())
            .build());
    fresh.setStatus(status);
    return UpdateControl.patchStatus(fresh);
  }
}
