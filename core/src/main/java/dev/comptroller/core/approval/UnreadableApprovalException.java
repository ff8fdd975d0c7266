package dev.comptroller.core.approval;

import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.policy.ReasonCode;

/** An approval that does not say what it has to say. */
final class UnreadableApprovalException extends Exception {
  private final transient Finding finding;

  UnreadableApprovalException(String pointer, String found, String required) {
    super(pointer + ": found " + found + ", required " + required);
    this.finding =
        new Finding(ReasonCode.ApprovalInvalid, pointer, found, required, "correct the approval");
  }

  /** What cannot be read; points into the approval. */
  Finding finding() {
    return finding;
  }
}
