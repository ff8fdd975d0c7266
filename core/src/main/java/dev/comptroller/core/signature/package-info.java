/** DSSE envelopes over in-toto statements about objects, and the keys that make and check them. */
@NullMarked
package dev.comptroller.core.signature;

import org.jspecify.annotations.NullMarked;
