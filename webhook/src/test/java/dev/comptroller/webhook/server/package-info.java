/** What users of the webhook rely on. */
@NullMarked
package dev.comptroller.webhook.server;

import org.jspecify.annotations.NullMarked;
