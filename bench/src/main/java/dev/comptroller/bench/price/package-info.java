/** What the rules cost, measured. */
@NullMarked
package dev.comptroller.bench.price;

import org.jspecify.annotations.NullMarked;
