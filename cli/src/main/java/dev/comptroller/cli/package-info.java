/** kubectl-comptroller: the same rules, offline or against a cluster. */
@NullMarked
package dev.comptroller.cli;

import org.jspecify.annotations.NullMarked;
