/** What users of the webhook rely on. */
@NullMarked
package dev.comptroller.webhook.tls;

import org.jspecify.annotations.NullMarked;
