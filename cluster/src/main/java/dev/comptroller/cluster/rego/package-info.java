/** Rego rules: compiled to WebAssembly by the {@code opa} program, evaluated in this process. */
@NullMarked
package dev.comptroller.cluster.rego;

import org.jspecify.annotations.NullMarked;
