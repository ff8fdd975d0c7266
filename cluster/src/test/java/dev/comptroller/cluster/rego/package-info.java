/** What rules may say and what becomes of those that fail. */
@NullMarked
package dev.comptroller.cluster.rego;

import org.jspecify.annotations.NullMarked;
