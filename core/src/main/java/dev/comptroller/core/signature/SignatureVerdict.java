package dev.comptroller.core.signature;

import dev.comptroller.core.policy.Finding;
import java.util.List;

/**
 * Whether enough persons signed an object.
 *
 * @param signers everyone whose signature counts, one entry a person, sorted by person; present
 *     even if there are too few
 * @param findings why the requirement is not met, every rejected signature among them; empty when
 *     it is met
 */
public record SignatureVerdict(List<Signer> signers, List<Finding> findings) {
  public SignatureVerdict {
    signers = List.copyOf(signers);
    findings = List.copyOf(findings);
  }

  /** Whether enough persons signed. */
  public boolean met() {
    return findings.isEmpty();
  }
}
