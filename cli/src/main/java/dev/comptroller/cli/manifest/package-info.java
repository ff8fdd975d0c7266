/** Manifests as people write them, and what may be changed in them. */
@NullMarked
package dev.comptroller.cli.manifest;

import org.jspecify.annotations.NullMarked;
