/** Reconciles the status of GovernancePolicies. */
@NullMarked
package dev.comptroller.operator.policy;

import org.jspecify.annotations.NullMarked;
