/** Bringing what core derives into the cluster: compare, apply, prune. */
@NullMarked
package dev.comptroller.operator.wiring;

import org.jspecify.annotations.NullMarked;
