/** The decision, told as a table of requests and what becomes of them. */
@NullMarked
package dev.comptroller.core.governor;

import org.jspecify.annotations.NullMarked;
