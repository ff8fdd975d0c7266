/** Conditions and phases: what was observed, said by Kubernetes conventions. */
@NullMarked
package dev.comptroller.operator.status;

import org.jspecify.annotations.NullMarked;
