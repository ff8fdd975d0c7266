/** Files that say what is expected, and the one way to read and renew them. */
@NullMarked
package dev.comptroller.core.golden;

import org.jspecify.annotations.NullMarked;
