package dev.comptroller.operator.wiring;

import dev.comptroller.core.object.ObjectKey;

/** An object of the wanted name exists and belongs to somebody else: it is never taken over. */
public final class NameConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NameConflictException(ObjectKey key) {
    super(key + " exists and is not ours: delete it, or give the workload another name");
  }
}
