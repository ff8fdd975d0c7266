/** Tiers, requirements and rules; findings, reason codes and the decision they add up to. */
@NullMarked
package dev.comptroller.core.policy;

import org.jspecify.annotations.NullMarked;
