/**
 * One class a kind: how its objects are read, and the formula that bounds their pods. {@link
 * dev.comptroller.core.workload.kind.Kinds} lists them.
 */
@NullMarked
package dev.comptroller.core.workload.kind;

import org.jspecify.annotations.NullMarked;
