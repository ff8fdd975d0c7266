@NullMarked
package dev.comptroller.bench;

import org.jspecify.annotations.NullMarked;
