/** Reconciles ModelDeployments. */
@NullMarked
package dev.comptroller.operator.modeldeployment;

import org.jspecify.annotations.NullMarked;
