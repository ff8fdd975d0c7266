/** What tests of all packages share. */
@NullMarked
package dev.comptroller.core;

import org.jspecify.annotations.NullMarked;
