package dev.comptroller.core.workload;

import java.time.Duration;
import java.time.Instant;

/**
 * A time for which something is approved.
 *
 * @param start its first instant
 * @param length how long it lasts; the end is not part of it
 */
public record Window(Instant start, Duration length) {}
