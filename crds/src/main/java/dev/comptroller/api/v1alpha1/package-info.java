/** The custom resources of Comptroller: one class a kind, records for what they hold. */
@NullMarked
package dev.comptroller.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
