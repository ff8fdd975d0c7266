/** What users of the webhook rely on. */
@NullMarked
package dev.comptroller.webhook.review;

import org.jspecify.annotations.NullMarked;
