package dev.comptroller.cluster;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value made from a changing source, made again when it is asked for after a change. A source
 * that cannot be read throws at every reader rather than serving what it once was.
 */
final class Remembered<T> {
  private final Supplier<T> source;
  private @Nullable T value;
  private long changes;

  Remembered(Supplier<T> source) {
    this.source = source;
  }

  /** The value as of the last change. */
  T get() {
    long before;
    synchronized (this) {
      if (value != null) {
        return value;
      }
      before = changes;
    }
    T made = source.get();
    synchronized (this) {
      if (changes == before) {
        value = made;
      }
    }
    return made;
  }

  /** The source changed. */
  synchronized void forget() {
    value = null;
    changes++;
  }
}
