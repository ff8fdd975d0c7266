/**
 * Builds the container images of the programs, without a registry or a container runtime: from
 * their jars, a Java runtime of just the modules they need, and the C library of this machine.
 */
@NullMarked
package dev.comptroller.images;

import org.jspecify.annotations.NullMarked;
