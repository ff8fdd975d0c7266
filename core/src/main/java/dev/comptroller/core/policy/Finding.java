package dev.comptroller.core.policy;

/**
 * One thing that is wrong, said so that its reader can mend it.
 *
 * @param code the stable reason
 * @param pointer JSON pointer (RFC 6901) of the field, empty for the whole object
 * @param found what is there
 * @param required what has to be there
 * @param nextStep what to do about it, a command where there is one; empty if nothing can be done
 */
public record Finding(
    ReasonCode code, String pointer, String found, String required, String nextStep) {

  /**
   * The sentence that denials, warnings, conditions and the command line all show. Control
   * characters that a tenant put into a value never reach a terminal, and no value grows without
   * bound.
   */
  public String message() {
    StringBuilder text = new StringBuilder(code.name()).append(": ");
    if (!pointer.isEmpty()) {
      text.append(plain(pointer)).append(": ");
    }
    text.append("found ").append(plain(found)).append(", required ").append(plain(required));
    if (!nextStep.isEmpty()) {
      text.append("; next: ").append(plain(nextStep));
    }
    return text.toString();
  }

  private static String plain(String text) {
    String visible = text.replaceAll("\\p{Cntrl}|\\p{Cf}", " ");
    return visible.length() <= 400 ? visible : visible.substring(0, 400) + "...";
  }
}
