/**
 * What a parent stands for: its child, its pods and all the operator wires; and whether an object
 * was derived.
 */
@NullMarked
package dev.comptroller.core.derivation;

import org.jspecify.annotations.NullMarked;
