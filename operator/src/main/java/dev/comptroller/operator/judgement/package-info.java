/** The verdict on an object that is already stored, and what wakes a reconciler to ask again. */
@NullMarked
package dev.comptroller.operator.judgement;

import org.jspecify.annotations.NullMarked;
