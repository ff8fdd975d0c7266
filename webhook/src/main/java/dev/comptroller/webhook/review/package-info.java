/**
 * AdmissionReview v1 as bytes, and what the core makes of it: reading requests, writing answers.
 */
@NullMarked
package dev.comptroller.webhook.review;

import org.jspecify.annotations.NullMarked;
