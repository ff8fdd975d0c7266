/**
 * Accelerator classes: what one unit of a resource name is worth, and which names are accelerators
 * at all.
 */
@NullMarked
package dev.comptroller.core.accelerator;

import org.jspecify.annotations.NullMarked;
