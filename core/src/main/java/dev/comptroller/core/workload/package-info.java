/**
 * Reading any supported object into one Workload: pod sets, images, accelerator requests,
 * deadlines, restarts.
 */
@NullMarked
package dev.comptroller.core.workload;

import org.jspecify.annotations.NullMarked;
