package dev.comptroller.core.object;

/** The answer to "does the cluster hold this?" where not knowing is an answer of its own. */
public sealed interface Lookup<T> {

  /** The cluster holds it. */
  record Found<T>(T value) implements Lookup<T> {}

  /** The cluster was asked and does not hold it. */
  record Missing<T>() implements Lookup<T> {}

  /** The cluster could not be asked; no verdict is possible. */
  record Unavailable<T>(String reason) implements Lookup<T> {}
}
