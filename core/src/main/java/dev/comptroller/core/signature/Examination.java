package dev.comptroller.core.signature;

import dev.comptroller.core.policy.Finding;

/** What became of one envelope. */
sealed interface Examination {

  /** It counts for this person. */
  record Counted(Signer signer) implements Examination {}

  /** It counts for nobody. */
  record Rejected(Finding finding) implements Examination {}
}
