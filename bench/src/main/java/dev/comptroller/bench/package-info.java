/** What the rules cost, measured. */
@NullMarked
package dev.comptroller.bench;

import org.jspecify.annotations.NullMarked;
