/** Reconcilers: judge, then wire, then run. */
@NullMarked
package dev.comptroller.operator;

import org.jspecify.annotations.NullMarked;
