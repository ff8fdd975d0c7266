@NullMarked
package dev.comptroller.bench.rules;

import org.jspecify.annotations.NullMarked;
