package dev.comptroller.core.workload;

/**
 * A way by which a pod reaches accelerators, or the node's control over them, without requesting
 * them.
 *
 * @param pointer JSON pointer of the field
 * @param found what is there
 * @param required what has to be there instead
 */
public record AcceleratorBypass(String pointer, String found, String required) {}
