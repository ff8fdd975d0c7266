/** The serving certificate: made or read, checked, published, renewed and swapped while serving. */
@NullMarked
package dev.comptroller.webhook.tls;

import org.jspecify.annotations.NullMarked;
