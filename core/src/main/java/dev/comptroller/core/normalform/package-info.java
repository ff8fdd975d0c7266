/**
 * The normal form of an object and its digest: what is signed, what is approved, what is compared.
 */
@NullMarked
package dev.comptroller.core.normalform;

import org.jspecify.annotations.NullMarked;
