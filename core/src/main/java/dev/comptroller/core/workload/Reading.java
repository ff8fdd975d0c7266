package dev.comptroller.core.workload;

/** What reading an object as a workload came to. */
public sealed interface Reading {

  /** It is a workload, and this is what it runs. */
  record Read(Workload workload) implements Reading {}

  /**
   * It runs pods, but its kind is not read: whether it asks for accelerators is unknown.
   *
   * @param kind the kind, with its group
   * @param pointer JSON pointer of the object that has the kind; empty for the object itself
   */
  record Unsupported(String kind, String pointer) implements Reading {}

  /** It runs no pods. */
  record NotAWorkload() implements Reading {}

  /**
   * It cannot be read: a field that matters has the wrong type or value.
   *
   * @param pointer JSON pointer (RFC 6901) of the field
   * @param found what is there
   * @param required what has to be there
   */
  record Malformed(String pointer, String found, String required) implements Reading {}
}
