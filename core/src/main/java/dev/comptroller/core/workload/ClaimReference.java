package dev.comptroller.core.workload;

import java.util.Optional;

/**
 * A resource claim that a pod names.
 *
 * @param pointer JSON pointer of the entry
 * @param claim the claim that exists and is shared by all who name it
 * @param template the template of which each pod gets a claim of its own
 */
public record ClaimReference(String pointer, Optional<String> claim, Optional<String> template) {

  static ClaimReference of(Field entry) {
    return new ClaimReference(
        entry.pointer(),
        entry.get("resourceClaimName").text(),
        entry.get("resourceClaimTemplateName").text());
  }
}
