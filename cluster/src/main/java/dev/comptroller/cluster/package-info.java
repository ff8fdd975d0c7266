/** What the rules look at, filled from informers, from one-shot lists, or from files. */
@NullMarked
package dev.comptroller.cluster;

import org.jspecify.annotations.NullMarked;
