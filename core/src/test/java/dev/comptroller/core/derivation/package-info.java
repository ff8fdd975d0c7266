/** Tests of derivation. */
@NullMarked
package dev.comptroller.core.derivation;

import org.jspecify.annotations.NullMarked;
