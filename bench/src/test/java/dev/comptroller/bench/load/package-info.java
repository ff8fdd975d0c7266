@NullMarked
package dev.comptroller.bench.load;

import org.jspecify.annotations.NullMarked;
