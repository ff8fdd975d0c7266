package dev.comptroller.operator.workload;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a workload is after it was acted on.
 *
 * @param status what its status shall say
 * @param again when to look again though nothing tells; empty where an event will
 */
public record Progress<S>(S status, Optional<Duration> again) {}
