/** The HTTPS endpoint: AdmissionReview in, AdmissionReview out. */
@NullMarked
package dev.comptroller.webhook;

import org.jspecify.annotations.NullMarked;
