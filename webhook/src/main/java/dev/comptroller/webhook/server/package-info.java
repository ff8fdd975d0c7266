/** The HTTPS endpoint of reviews, and the plain one of probes and metrics. */
@NullMarked
package dev.comptroller.webhook.server;

import org.jspecify.annotations.NullMarked;
