/** What users of the webhook rely on. */
@NullMarked
package dev.comptroller.webhook;

import org.jspecify.annotations.NullMarked;
