/**
 * Faults between an operator and its API server, and what a cluster must look like after them:
 * writes that fail or whose answer is lost, components that restart or stand still, connections
 * that stay with a server that is ending.
 */
@NullMarked
package dev.comptroller.testkit.fault;

import org.jspecify.annotations.NullMarked;
