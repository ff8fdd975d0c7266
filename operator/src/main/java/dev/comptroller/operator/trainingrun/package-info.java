/** Reconciles TrainingRuns. */
@NullMarked
package dev.comptroller.operator.trainingrun;

import org.jspecify.annotations.NullMarked;
