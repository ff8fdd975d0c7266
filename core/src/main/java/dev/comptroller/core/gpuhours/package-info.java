/** The upper bound of a workload's accelerator-hours, with the terms that made it. */
@NullMarked
package dev.comptroller.core.gpuhours;

import org.jspecify.annotations.NullMarked;
