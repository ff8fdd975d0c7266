/** Reconciles the status of Approvals. */
@NullMarked
package dev.comptroller.operator.approval;

import org.jspecify.annotations.NullMarked;
