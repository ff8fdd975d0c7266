/** The local control plane for tests, and assertions about a cluster. */
@NullMarked
package dev.comptroller.testkit;

import org.jspecify.annotations.NullMarked;
