/** Kubernetes objects as values: the JSON the API server holds, and how to read it strictly. */
@NullMarked
package dev.comptroller.core.object;

import org.jspecify.annotations.NullMarked;
