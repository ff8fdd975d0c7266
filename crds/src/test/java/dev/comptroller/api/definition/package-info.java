/** The custom resource definitions, as they are committed for the chart and the reference. */
@NullMarked
package dev.comptroller.api.definition;

import org.jspecify.annotations.NullMarked;
