package dev.comptroller.core.workload;

/** A field that cannot be read; caught where the reading began. */
final class MalformedFieldException extends RuntimeException {
  private final transient Reading.Malformed reading;

  MalformedFieldException(Reading.Malformed reading) {
    super(reading.pointer(), null, false, false);
    this.reading = reading;
  }

  Reading.Malformed reading() {
    return reading;
  }
}
