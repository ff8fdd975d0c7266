/** What the rules cost, measured. */
@NullMarked
package dev.comptroller.bench.rules;

import org.jspecify.annotations.NullMarked;
