/** The one place where a verdict is made, and the values it is made from. */
@NullMarked
package dev.comptroller.core.governor;

import org.jspecify.annotations.NullMarked;
