@NullMarked
package dev.comptroller.cli;

import org.jspecify.annotations.NullMarked;
