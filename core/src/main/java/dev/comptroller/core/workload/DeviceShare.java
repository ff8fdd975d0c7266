package dev.comptroller.core.workload;

import dev.comptroller.core.accelerator.Weight;

/**
 * A part of devices that a scheduler hands out by annotation.
 *
 * @param resource the resource name of the whole device
 * @param amount devices, in parts of one; a half for half a device
 * @param pointer JSON pointer of the annotation
 */
public record DeviceShare(String resource, Weight amount, String pointer) {}
