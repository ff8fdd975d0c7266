/** The whole of Comptroller, installed from its chart on a local control plane. */
@NullMarked
package dev.comptroller.e2e;

import org.jspecify.annotations.NullMarked;
