/** How manifests are read and what a cluster made of them answers. */
@NullMarked
package dev.comptroller.cluster;

import org.jspecify.annotations.NullMarked;
