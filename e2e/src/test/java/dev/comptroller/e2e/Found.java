package dev.comptroller.e2e;

/**
 * One finding as somebody is told of it.
 *
 * @param code the reason code
 * @param pointer JSON pointer of the field; empty for the whole object
 * @param message the sentence that a user reads
 */
record Found(String code, String pointer, String message) {

  /** What a corpus can expect, whatever the words. */
  Place place() {
    return new Place(code, pointer);
  }

  /** Which rule, and which field. */
  record Place(String code, String pointer) {}
}
