/** Tests of the normal form. */
@NullMarked
package dev.comptroller.core.normalform;

import org.jspecify.annotations.NullMarked;
