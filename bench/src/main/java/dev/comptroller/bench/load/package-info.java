/** What webhook and operator do under load, on a local control plane, measured from outside. */
@NullMarked
package dev.comptroller.bench.load;

import org.jspecify.annotations.NullMarked;
