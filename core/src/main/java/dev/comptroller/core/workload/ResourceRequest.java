package dev.comptroller.core.workload;

/**
 * How many units of a resource the scheduler holds for one pod, all its life.
 *
 * @param resource the resource name, such as {@code nvidia.com/gpu}
 * @param count whole units, at most {@link Long#MAX_VALUE}, where counting stops
 * @param pointer JSON pointer of a field that asks for it
 */
public record ResourceRequest(String resource, long count, String pointer) {}
