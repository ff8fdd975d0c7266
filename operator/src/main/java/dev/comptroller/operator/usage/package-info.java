/** Accelerator-hours that pods have really held. */
@NullMarked
package dev.comptroller.operator.usage;

import org.jspecify.annotations.NullMarked;
