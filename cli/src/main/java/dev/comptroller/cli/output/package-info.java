/** How results and errors are printed: for people, or for programs. */
@NullMarked
package dev.comptroller.cli.output;

import org.jspecify.annotations.NullMarked;
