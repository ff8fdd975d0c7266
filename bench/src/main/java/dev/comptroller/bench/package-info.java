/** What is measured, and with what. */
@NullMarked
package dev.comptroller.bench;

import org.jspecify.annotations.NullMarked;
