/** The whole of Comptroller, installed from its chart on a local control plane, and who signs. */
@NullMarked
package dev.comptroller.e2e;

import org.jspecify.annotations.NullMarked;
